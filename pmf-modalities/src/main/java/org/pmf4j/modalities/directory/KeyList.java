package org.pmf4j.modalities.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quoted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All keys that a file of an encoder may have, each with what becomes of it, so that none is passed
 * over in silence. The lists stand beside this class as tables ({@code keys/NAME.tsv}): a key, what
 * becomes of it, why, and for keys that are refused the values that change nothing. Immutable, so
 * that any number of threads may share it.
 *
 * @param entries by key
 */
public record KeyList(Map<String, Entry> entries) {
  private static final Logger LOG = LoggerFactory.getLogger(KeyList.class);

  /** The most unknown keys that one warning names. */
  private static final int MOST_NAMED = 20;

  /** Takes over an immutable copy. */
  public KeyList {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** What becomes of a key. */
  public enum Verdict {
    /** It is read, and results follow it. */
    HONOURED,
    /** Results do not depend on it. */
    IRRELEVANT,
    /** It would change results in a way that is not supported. */
    REFUSED
  }

  /**
   * One key's line.
   *
   * @param verdict what becomes of it
   * @param why in a few words; of a refused key, what to do
   * @param neutral values that a refused key may have, since they change nothing
   */
  public record Entry(Verdict verdict, String why, List<Object> neutral) {
    /** Takes over an immutable copy. */
    public Entry {
      neutral = List.copyOf(neutral);
    }

    private boolean refuses(Object value) {
      boolean empty =
          value == null
              || value instanceof Map<?, ?> m && m.isEmpty()
              || value instanceof List<?> l && l.isEmpty();
      return verdict == Verdict.REFUSED
          && !empty
          && neutral.stream().noneMatch(n -> same(n, value));
    }

    private static boolean same(Object a, Object b) {
      return a instanceof Number x && b instanceof Number y
          ? x.doubleValue() == y.doubleValue()
          : a.equals(b);
    }
  }

  /**
   * The lists of these names in one; of two that know a key, the later one decides.
   *
   * @param names of lists, such as {@code config} and {@code config.bert}
   * @throws IllegalArgumentException if there is no such list
   */
  public static KeyList of(String... names) {
    Map<String, Entry> all = new LinkedHashMap<>();
    for (String name : names) {
      all.putAll(
          find(name)
              .orElseThrow(() -> new IllegalArgumentException("no list of keys " + name))
              .entries());
    }
    return new KeyList(all);
  }

  /** The list of this name, if there is one. */
  public static Optional<KeyList> find(String name) {
    try (InputStream in = KeyList.class.getResourceAsStream("keys/" + name + ".tsv")) {
      return in == null
          ? Optional.empty()
          : Optional.of(parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeyList parse(String name, String table) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    table
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(
            line -> {
              String[] cells = line.split("\t", -1);
              if (cells.length < 3 || entries.put(cells[0], entry(name, cells)) != null) {
                throw new IllegalStateException(
                    "list of keys " + name + ": a broken line, or a second one: " + line);
              }
            });
    return new KeyList(entries);
  }

  private static Entry entry(String name, String[] cells) {
    List<Object> neutral = new ArrayList<>();
    if (cells.length > 3 && !cells[3].isBlank()) {
      EncoderConfig parsed = EncoderConfig.parse(name, "{\"neutral\": " + cells[3] + "}");
      neutral.addAll((List<?>) parsed.values().get("neutral"));
    }
    return new Entry(Verdict.valueOf(cells[1].strip().toUpperCase(Locale.ROOT)), cells[2], neutral);
  }

  /**
   * Refuses keys that would change results in a way that is not supported, and warns of keys that
   * are in no list.
   *
   * @throws PmfException naming file, key and value, and saying what to do
   */
  public void check(EncoderConfig config) {
    List<String> unknown = new ArrayList<>();
    config
        .values()
        .forEach(
            (key, value) -> {
              Entry entry = entries.get(key);
              if (entry == null) {
                unknown.add('"' + Quoted.of(key) + '"');
              } else if (entry.refuses(value)) {
                throw PmfException.input(
                    String.format(
                        Locale.ROOT,
                        "%s: \"%s\" is %s: %s",
                        config.source(),
                        key,
                        Quoted.of(value),
                        entry.why().replaceFirst("^legacy: ", "")));
              }
            });
    if (!unknown.isEmpty()) {
      LOG.warn("{}: not known here, and passed over: {}", config.source(), named(unknown));
    }
  }

  private static String named(List<String> unknown) {
    String named = String.join(", ", unknown.subList(0, Math.min(MOST_NAMED, unknown.size())));
    return unknown.size() <= MOST_NAMED
        ? named
        : named + " and " + (unknown.size() - MOST_NAMED) + " more";
  }
}
