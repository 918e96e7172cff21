package org.pmf4j.api.setting;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;

/**
 * Something that may be chosen. Immutable, so that any number of threads may share it.
 *
 * @param name an option's name after {@code --}, a key in files: lower case, with hyphens
 * @param kind which values there are
 * @param standard the value where none is chosen
 * @param help one line, as an option's help has it
 * @param former what models and runs have that were saved before there was this default, or this
 *     setting at all; empty if it was never otherwise
 * @param <T> the values
 * @since API version 2
 */
public record Setting<T>(String name, Kind<T> kind, T standard, String help, Optional<T> former) {
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9.]{1,20}([eE][+-]?[0-9]{1,3})?");
  private static final Pattern NAME = Pattern.compile("[^\\s=]+");

  /**
   * Checks what is declared.
   *
   * @throws IllegalArgumentException if the name is no name, or the default is out of range
   */
  public Setting {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a setting cannot be called " + name);
    }
    if (kind.read(String.valueOf(kind.plain(standard))).isEmpty()) {
      throw new IllegalArgumentException(name + ": the default " + standard + " is out of range");
    }
  }

  /** A setting whose default was never otherwise. */
  public Setting(String name, Kind<T> kind, T standard, String help) {
    this(name, kind, standard, help, Optional.empty());
  }

  /**
   * The same with a default that is younger than saved models and unfinished runs, which keep what
   * they were trained with.
   *
   * @param value the default before, or what happened before there was the setting
   */
  public Setting<T> formerly(T value) {
    return new Setting<>(name, kind, standard, help, Optional.of(value));
  }

  /** What was before the default of today, as a text that {@link #read} reads. */
  public Optional<String> formerText() {
    return former.map(value -> String.valueOf(kind.plain(value)));
  }

  /** A whole number of at least {@code least}. */
  public static Setting<Integer> whole(String name, int standard, int least, String help) {
    return whole(name, standard, least, Integer.MAX_VALUE, help);
  }

  /** A whole number from {@code least} to {@code most}. */
  public static Setting<Integer> whole(
      String name, int standard, int least, int most, String help) {
    return new Setting<>(name, new Kind.Whole(least, most), standard, help);
  }

  /** A whole number of any size. */
  public static Setting<Long> any(String name, long standard, String help) {
    return new Setting<>(name, new Kind.Long64(), standard, help);
  }

  /** A number within a range. */
  public static Setting<Double> real(
      String name, double standard, Kind.Bound from, Kind.Bound to, String help) {
    return new Setting<>(name, new Kind.Real(from, to), standard, help);
  }

  /** A number from {@code least} to {@code most}. */
  public static Setting<Double> real(
      String name, double standard, double least, double most, String help) {
    return real(name, standard, end(least), end(most), help);
  }

  /** What is infinite belongs to no range. */
  private static Kind.Bound end(double at) {
    return Double.isInfinite(at) ? Kind.Bound.excluding(at) : Kind.Bound.including(at);
  }

  /** True or false. */
  public static Setting<Boolean> truth(String name, boolean standard, String help) {
    return new Setting<>(name, new Kind.Truth(), standard, help);
  }

  /** One of an enum's constants, whose names are theirs in lower case, with hyphens. */
  public static <E extends Enum<E>> Setting<E> choice(String name, E standard, String help) {
    Map<String, E> choices = new LinkedHashMap<>();
    for (E constant : standard.getDeclaringClass().getEnumConstants()) {
      choices.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    return new Setting<>(name, new Kind.Choice<>(choices), standard, help);
  }

  /** One of a few words. */
  public static Setting<String> word(
      String name, String standard, List<String> words, String help) {
    Map<String, String> choices = new LinkedHashMap<>();
    words.forEach(w -> choices.put(w, w));
    return new Setting<>(name, new Kind.Choice<>(choices), standard, help);
  }

  /**
   * What a text says.
   *
   * @param reader what it says; empty for a text that says nothing
   * @param writer the text of a value, which the reader reads
   * @param range what follows "must be" in a message
   */
  public static <T> Setting<T> text(
      String name,
      T standard,
      Function<String, Optional<T>> reader,
      Function<T, String> writer,
      String range,
      String help) {
    return new Setting<>(name, new Kind.Text<>(reader, writer, range), standard, help);
  }

  /**
   * Settings of the same names, kinds and values as these, without ranges: what is known of plugins
   * that do not declare any.
   *
   * @param defaults whole numbers, numbers, booleans or strings
   */
  public static List<Setting<?>> like(Map<String, Object> defaults) {
    return defaults.entrySet().stream()
        .<Setting<?>>map(e -> like(e.getKey(), e.getValue()))
        .toList();
  }

  private static Setting<?> like(String name, Object value) {
    if (value instanceof Integer i) {
      return whole(name, i, Integer.MIN_VALUE, "");
    }
    if (value instanceof Long l) {
      return any(name, l, "");
    }
    if (value instanceof Double d) {
      double all = Double.POSITIVE_INFINITY;
      return real(name, d, -all, all, "");
    }
    if (value instanceof Boolean b) {
      return truth(name, b, "");
    }
    return text(name, String.valueOf(value), Optional::of, t -> t, "a text", "");
  }

  /** The default as a text that {@link #read} reads. */
  public String standardText() {
    return String.valueOf(kind.plain(standard));
  }

  /**
   * Reads a value.
   *
   * @param given the value itself as files hold it, or its text
   * @param owner whose setting it is, for messages; empty where that is plain
   * @throws PmfException naming the setting and its range
   */
  T read(Object given, String owner) {
    String text = String.valueOf(given).trim();
    return kind.read(text).orElseThrow(() -> refusal(text, owner));
  }

  private PmfException refusal(String text, String owner) {
    boolean number = NUMBER.matcher(text).matches();
    String form = "";
    if (kind instanceof Kind.Whole && !text.matches("[+-]?\\d+")) {
      form = "a whole number, ";
    } else if (kind instanceof Kind.Real && !number) {
      form = "a number, ";
    }
    return PmfException.usage(
        String.format(
            Locale.ROOT,
            "%s%s must be %s%s, got %s",
            name,
            owner.isEmpty() ? "" : " of " + owner,
            form,
            kind.range(),
            number ? text : Quote.value(text)));
  }
}
