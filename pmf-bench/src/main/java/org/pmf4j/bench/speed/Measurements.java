package org.pmf4j.bench.speed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.bench.json.JsonFile;
import org.pmf4j.bench.statistics.Spread;

/**
 * All that a run has measured so far, in a file that is written after each figure: the same command
 * goes on where an earlier one was interrupted.
 */
final class Measurements {
  private final Path file;
  private final Pages pages;

  /**
   * The file's content.
   *
   * @param settings that the figures belong to
   * @param series rounds by what was measured: times in milliseconds, memory in bytes
   * @param values other figures
   * @param facts that are words
   */
  record Pages(
      Map<String, String> settings,
      Map<String, List<Double>> series,
      Map<String, Double> values,
      Map<String, String> facts) {}

  private Measurements(Path file, Pages pages) {
    this.file = file;
    this.pages = pages;
  }

  /**
   * Opens the notebook of a folder, or begins one.
   *
   * @throws PmfException if it was begun with other settings
   */
  static Measurements open(Path file, Map<String, String> settings) {
    if (!Files.exists(file)) {
      return new Measurements(
          file,
          new Pages(
              new LinkedHashMap<>(settings),
              new LinkedHashMap<>(),
              new LinkedHashMap<>(),
              new LinkedHashMap<>()));
    }
    Pages pages = JsonFile.read(file, Pages.class);
    if (pages.settings == null
        || pages.series == null
        || pages.values == null
        || pages.facts == null) {
      throw PmfException.input(file + ": holds no measurements; remove it, or add --overwrite");
    }
    for (String key : union(settings, pages.settings)) {
      String then = pages.settings.get(key);
      String now = settings.get(key);
      if (!Objects.equals(then, now)) {
        throw PmfException.usage(
            String.format(
                Locale.ROOT,
                "%s was measured with %s %s, and not %s; choose another --out, or add --overwrite",
                file,
                key,
                then,
                now));
      }
    }
    return new Measurements(file, pages);
  }

  private static List<String> union(Map<String, String> a, Map<String, String> b) {
    List<String> keys = new ArrayList<>(a.keySet());
    b.keySet().stream().filter(k -> !a.containsKey(k)).forEach(keys::add);
    return keys;
  }

  /** How many rounds there are of something. */
  int rounds(String key) {
    return series(key).size();
  }

  /** The rounds of something. */
  List<Double> series(String key) {
    return pages.series.getOrDefault(key, List.of());
  }

  /**
   * How many times as long as {@code fast} the work {@code slow} takes, round by round; empty
   * unless both were timed in the same rounds.
   */
  Optional<Spread> ratio(String slow, String fast) {
    List<Double> a = series(slow);
    List<Double> b = series(fast);
    if (a.isEmpty() || a.size() != b.size()) {
      return Optional.empty();
    }
    return Optional.of(
        Spread.of(IntStream.range(0, a.size()).mapToDouble(i -> a.get(i) / b.get(i)).toArray()));
  }

  /** Adds a round of several things, all or none. */
  void addRound(Map<String, Double> round) {
    round.forEach((k, v) -> pages.series.computeIfAbsent(k, x -> new ArrayList<>()).add(v));
    save();
  }

  /** A figure, measured if it is not there yet; it may be absent. */
  void measureOnce(String key, Supplier<Map<String, Double>> measure) {
    if (!pages.facts.containsKey(key)) {
      pages.values.putAll(measure.get());
      pages.facts.put(key, "done");
      save();
    }
  }

  /** True if {@link #measureOnce} has measured this. */
  boolean has(String key) {
    return pages.facts.containsKey(key);
  }

  /** A figure, if it was measured. */
  Optional<Double> value(String key) {
    return Optional.ofNullable(pages.values.get(key));
  }

  /** All figures whose names begin so, by the rest of their names. */
  Map<String, Double> values(String prefix) {
    Map<String, Double> found = new LinkedHashMap<>();
    pages.values.forEach(
        (k, v) -> {
          if (k.startsWith(prefix)) {
            found.put(k.substring(prefix.length()), v);
          }
        });
    return found;
  }

  /** Keeps a word. */
  void note(String key, String fact) {
    if (!fact.equals(pages.facts.put(key, fact))) {
      save();
    }
  }

  /** A word that was kept. */
  Optional<String> fact(String key) {
    return Optional.ofNullable(pages.facts.get(key));
  }

  private void save() {
    JsonFile.write(file, pages);
  }
}
