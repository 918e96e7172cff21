package org.pmf4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Two sensors, one column each, which go up, down or stay, never both alike; a question asks for
 * one of them. The question alone tells nothing of the answer, the series one time in two.
 */
final class SensorTables {
  private static final List<String> WAYS = List.of("rises", "falls", "stays");
  private static final List<String> SENSORS = List.of("left", "right");
  private static final List<String> QUESTIONS =
      List.of(
          "what does the %s sensor do", "and the %s one", "tell me of the %s side", "%s please");

  private SensorTables() {}

  /**
   * Writes {@code NAME.csv} (series, text, label), {@code NAME-patterns.csv} (series, label) and
   * {@code NAME-questions.csv} (text, label), with the series below {@code series/}.
   */
  static void write(Path folder, String name, int rows, long seed) throws IOException {
    Random random = new Random(seed);
    Files.createDirectories(folder.resolve("series"));
    List<String> both = new ArrayList<>(List.of("series,text,label"));
    List<String> patterns = new ArrayList<>(List.of("series,label"));
    List<String> questions = new ArrayList<>(List.of("text,label"));
    for (int i = 0; i < rows; i++) {
      int left = random.nextInt(3);
      int right = (left + 1 + random.nextInt(2)) % 3;
      int asked = random.nextInt(2);
      String file = "series/" + name + i + ".csv";
      Files.writeString(folder.resolve(file), series(left, right, i % 2 == 0, random));
      String question =
          String.format(
              Locale.ROOT, QUESTIONS.get(random.nextInt(QUESTIONS.size())), SENSORS.get(asked));
      both.add(file + "," + question + "," + WAYS.get(asked == 0 ? left : right));
      patterns.add(file + "," + WAYS.get(left) + "-" + WAYS.get(right));
      questions.add(question + "," + SENSORS.get(asked));
    }
    Files.write(folder.resolve(name + ".csv"), both);
    Files.write(folder.resolve(name + "-patterns.csv"), patterns);
    Files.write(folder.resolve(name + "-questions.csv"), questions);
  }

  /** A table of series (series, label) with a second column of the same series, again. */
  static Path twice(Path table) throws IOException {
    List<String> rows = new ArrayList<>();
    for (String row : Files.readAllLines(table)) {
      String[] cells = row.split(",");
      rows.add(cells[0] + "," + (rows.isEmpty() ? "again" : cells[0]) + "," + cells[1]);
    }
    return Files.write(table.resolveSibling("twice-" + table.getFileName()), rows);
  }

  /** 20 to 32 steps. */
  private static String series(int left, int right, boolean header, Random random) {
    StringBuilder csv = new StringBuilder(header ? "left,right\n" : "");
    int steps = 20 + random.nextInt(13);
    double[] slopes = {1, -1, 0};
    for (int t = 0; t < steps; t++) {
      double x = 2.0 * t / (steps - 1) - 1;
      double a = 20 + 3 * slopes[left] * x + 0.3 * random.nextGaussian();
      double b = -5 + 0.5 * slopes[right] * x + 0.05 * random.nextGaussian();
      csv.append(String.format(Locale.ROOT, "%.4f,%.4f%n", a, b));
    }
    return csv.toString();
  }
}
