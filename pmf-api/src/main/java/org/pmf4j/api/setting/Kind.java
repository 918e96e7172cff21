package org.pmf4j.api.setting;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What values a setting can have. Immutable, so that any number of threads may share it.
 *
 * @param <T> the values
 * @since API version 2
 */
public sealed interface Kind<T> {

  /** The value that a text stands for; empty where it stands for none, or for one out of range. */
  Optional<T> read(String text);

  /** A value as files hold it: an Integer, Long, Double, Boolean or String. */
  Object plain(T value);

  /** What follows "must be" in a message, such as {@code 1 to 1000}. */
  String range();

  /**
   * A whole number.
   *
   * @param least the smallest
   * @param most the largest; {@link Integer#MAX_VALUE} for no limit that is worth telling
   */
  record Whole(int least, int most) implements Kind<Integer> {
    @Override
    public Optional<Integer> read(String text) {
      return number(() -> Integer.valueOf(text)).filter(v -> v >= least && v <= most);
    }

    @Override
    public Object plain(Integer value) {
      return value;
    }

    @Override
    public String range() {
      return most == Integer.MAX_VALUE
          ? least == Integer.MIN_VALUE ? "of any size" : "at least " + least
          : String.format(Locale.ROOT, "%d to %d", least, most);
    }
  }

  /** A whole number of any size, such as a seed. */
  record Long64() implements Kind<Long> {
    @Override
    public Optional<Long> read(String text) {
      return number(() -> Long.valueOf(text));
    }

    @Override
    public Object plain(Long value) {
      return value;
    }

    @Override
    public String range() {
      return "a whole number";
    }
  }

  /**
   * A number.
   *
   * @param from where the range begins
   * @param to where it ends
   */
  record Real(Bound from, Bound to) implements Kind<Double> {
    @Override
    public Optional<Double> read(String text) {
      return number(() -> Double.valueOf(text))
          .filter(v -> from.inside() ? v >= from.at() : v > from.at())
          .filter(v -> to.inside() ? v <= to.at() : v < to.at());
    }

    @Override
    public Object plain(Double value) {
      return value;
    }

    @Override
    public String range() {
      String begin = (from.inside() ? "" : "above ") + text(from.at());
      if (to.at() == Double.POSITIVE_INFINITY) {
        return from.inside() ? begin + " or more" : begin;
      }
      String join = from.inside() ? " to " : " and at most ";
      return begin
          + (to.inside() ? join : from.inside() ? " to below " : " and below ")
          + text(to.at());
    }

    private static String text(double value) {
      return value == Math.rint(value) && Math.abs(value) < 1e9
          ? Long.toString((long) value)
          : Double.toString(value);
    }
  }

  /**
   * An end of a range.
   *
   * @param at where it is
   * @param inside whether it belongs to the range
   */
  record Bound(double at, boolean inside) {
    /** An end that belongs to the range. */
    public static Bound including(double at) {
      return new Bound(at, true);
    }

    /** An end that does not. */
    public static Bound excluding(double at) {
      return new Bound(at, false);
    }
  }

  /** True or false. */
  record Truth() implements Kind<Boolean> {
    @Override
    public Optional<Boolean> read(String text) {
      return switch (text) {
        case "true" -> Optional.of(true);
        case "false" -> Optional.of(false);
        default -> Optional.empty();
      };
    }

    @Override
    public Object plain(Boolean value) {
      return value;
    }

    @Override
    public String range() {
      return "true or false";
    }
  }

  /**
   * One of a few.
   *
   * @param choices by name, in the order in which they are listed
   */
  record Choice<T>(Map<String, T> choices) implements Kind<T> {
    /** Copies the map. */
    public Choice {
      choices = Collections.unmodifiableMap(new LinkedHashMap<>(choices));
    }

    @Override
    public Optional<T> read(String text) {
      return Optional.ofNullable(choices.get(text));
    }

    @Override
    public Object plain(T value) {
      return choices.entrySet().stream()
          .filter(e -> e.getValue().equals(value))
          .map(Map.Entry::getKey)
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(value + " is none of " + choices));
    }

    @Override
    public String range() {
      List<String> names = new ArrayList<>(choices.keySet());
      String last = names.remove(names.size() - 1);
      return names.isEmpty() ? last : String.join(", ", names) + " or " + last;
    }
  }

  /**
   * What a text says.
   *
   * @param reader what it says; empty for a text that says nothing. It may refuse a text in words
   *     of its own, by a {@link org.pmf4j.api.error.PmfException}
   * @param writer the text of a value, which the reader reads
   * @param range what follows "must be" in a message
   */
  record Text<T>(Function<String, Optional<T>> reader, Function<T, String> writer, String range)
      implements Kind<T> {
    @Override
    public Optional<T> read(String text) {
      return reader.apply(text);
    }

    @Override
    public Object plain(T value) {
      return writer.apply(value);
    }
  }

  private static <N extends Number> Optional<N> number(Supplier<N> parse) {
    try {
      return Optional.of(parse.get());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
