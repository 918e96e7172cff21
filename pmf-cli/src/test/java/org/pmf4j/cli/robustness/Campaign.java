package org.pmf4j.cli.robustness;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.pmf4j.cli.robustness.Verdict.Kind;
import org.pmf4j.testkit.message.MessageRules;

/**
 * Runs damaged inputs one after another, each drawn from the seed and its number alone, and counts
 * what they come to. Of an input that fails, its folder is kept with the command that shows it.
 */
final class Campaign {
  private static final int NEW_PROCESS_ABOVE_MEGABYTES = 1_100;

  private final Path root;
  private final WorkerProcess worker;
  private final List<Formats.Format> formats;
  private final long seed;
  private final Map<String, Map<Kind, Integer>> counts = new TreeMap<>();
  private final List<Map<String, Object>> failures = new ArrayList<>();
  private Worst slowest = new Worst(-1, "", 0);
  private Worst largest = new Worst(-1, "", 0);

  private record Worst(int number, String format, long value) {
    Worst or(int other, String otherFormat, long otherValue) {
      return otherValue > value ? new Worst(other, otherFormat, otherValue) : this;
    }
  }

  Campaign(Path root, WorkerProcess worker, List<Formats.Format> formats, long seed) {
    this.root = root;
    this.worker = worker;
    this.formats = formats;
    this.seed = seed;
  }

  /** Runs the input of a number. */
  void run(int number) throws IOException, InterruptedException {
    Formats.Format format = formats.get(number % formats.size());
    Path folder = Files.createDirectories(root.resolve("inputs/" + number));
    // Seeds beside each other would draw alike at first
    Random random = new Random(seed * 0x9e3779b97f4a7c15L + number * 0xbf58476d1ce4e5b9L);
    List<String> words = format.trial().prepare(folder, random);
    Verdict verdict = Verdict.of(worker.run(words, 2 * Verdict.MOST_SECONDS), format.file());
    counts
        .computeIfAbsent(format.name(), n -> new EnumMap<>(Kind.class))
        .merge(verdict.kind(), 1, Integer::sum);
    slowest = slowest.or(number, format.name(), verdict.milliseconds());
    largest = largest.or(number, format.name(), verdict.megabytes());
    if (verdict.megabytes() > NEW_PROCESS_ABOVE_MEGABYTES) {
      // Its heap stays as large, and would be counted against the next input
      worker.close();
    }
    if (verdict.kind().isGood()) {
      delete(folder);
    } else {
      keep(number, format, folder, words, verdict);
    }
  }

  private void keep(
      int number, Formats.Format format, Path folder, List<String> words, Verdict verdict)
      throws IOException {
    String quoted =
        String.join(" ", words.stream().map(w -> "'" + w.replace("'", "'\\''") + "'").toList());
    Files.writeString(folder.resolve("command.sh"), "./pmf " + quoted + "\n");
    Files.writeString(folder.resolve("verdict.txt"), verdict.kind() + "\n" + verdict.what() + "\n");
    Map<String, Object> failure = new LinkedHashMap<>();
    failure.put("number", number);
    failure.put("format", format.name());
    failure.put("kind", verdict.kind());
    failure.put("told", verdict.what());
    failure.put("milliseconds", verdict.milliseconds());
    failure.put("megabytes", verdict.megabytes());
    failures.add(failure);
    System.out.printf(
        Locale.ROOT,
        "%d %s: %s: %s%n",
        number,
        format.name(),
        verdict.kind().label(),
        MessageRules.visible(verdict.what()));
  }

  List<String> failures() {
    return failures.stream()
        .map(f -> f.get("number") + " " + f.get("format") + ": " + f.get("told"))
        .toList();
  }

  int count(Kind kind) {
    return counts.values().stream().mapToInt(c -> c.getOrDefault(kind, 0)).sum();
  }

  /** Writes report.json and report.txt, and returns the latter. */
  String report() throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seed", seed);
    json.put("counts", counts);
    json.put("processes", worker.starts());
    json.put("slowest_in_milliseconds", slowest);
    json.put("largest_in_megabytes", largest);
    json.put("failures", failures);
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(root.resolve("report.json").toFile(), json);
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%-32s", "seed " + seed));
    for (Kind kind : Kind.values()) {
      text.append(String.format(Locale.ROOT, "%10s", kind.name().toLowerCase(Locale.ROOT)));
    }
    text.append('\n');
    counts.forEach((format, row) -> text.append(line(format, row)));
    Map<Kind, Integer> all = new EnumMap<>(Kind.class);
    counts.values().forEach(row -> row.forEach((k, n) -> all.merge(k, n, Integer::sum)));
    text.append(line("all", all));
    text.append(
        String.format(
            Locale.ROOT,
            "slowest %.1f s (%d, %s), most memory %d MB (%d, %s), %d processes%n",
            slowest.value / 1e3,
            slowest.number,
            slowest.format,
            largest.value,
            largest.number,
            largest.format,
            worker.starts()));
    Files.writeString(root.resolve("report.txt"), text);
    return text.toString();
  }

  private static String line(String name, Map<Kind, Integer> row) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-32s", name));
    for (Kind kind : Kind.values()) {
      line.append(String.format(Locale.ROOT, "%10d", row.getOrDefault(kind, 0)));
    }
    return line.append('\n').toString();
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
