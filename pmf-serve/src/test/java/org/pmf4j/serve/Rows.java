package org.pmf4j.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.pool.ModelPool;
import org.pmf4j.core.pool.PoolOptions;

/**
 * Tells what a row costs a pool by itself, without HTTP: new ones, then known ones, which have
 * their fused layers left, of one model and of all. With the jars of the launcher on the class
 * path: {@code java -cp 'lib/*' Rows.java MODELS TABLE}, of a table {@code image,text,...} of 32
 * rows or more.
 */
final class Rows {
  private static final int ROWS = 32;

  private Rows() {}

  /** See the class. */
  public static void main(String[] args) throws IOException {
    List<Example> rows = rows(Path.of(args[1]));
    try (Pmf pmf = Pmf.open();
        ModelPool pool = pmf.pool(PoolOptions.standard().withQueue(10_000))) {
      List<String> models = load(pool, Path.of(args[0]));
      List<String> one = models.subList(0, 1);
      time("weights are read", pool, one, rows.subList(0, 2), 1);
      time("one model, new, alone", pool, one, rows.subList(2, 18), 1);
      time("one model, new, 14 at once", pool, one, rows.subList(18, ROWS), 14);
      for (int round = 0; round < 2; round++) {
        for (int atOnce = 1; atOnce <= ROWS; atOnce *= 2) {
          time("one model, known, " + atOnce + " at once", pool, one, rows, atOnce);
        }
        time(models.size() + " models, known, each by itself", pool, models, rows, 1);
        time(models.size() + " models, known, 3 at once", pool, models, rows.subList(0, 30), 3);
      }
    }
  }

  private static List<Example> rows(Path table) throws IOException {
    List<Example> rows = new ArrayList<>();
    for (String line : Files.readAllLines(table).subList(1, ROWS + 1)) {
      String[] cells = line.split(",");
      byte[] picture = Files.readAllBytes(table.resolveSibling(cells[0]));
      rows.add(
          Example.of(
              Map.of(
                  "image", new Source.Bytes(cells[0], picture),
                  "text", new Source.Text(cells[1]))));
    }
    return rows;
  }

  private static List<String> load(ModelPool pool, Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> models = Files.list(folder)) {
      for (Path model : models.sorted().toList()) {
        names.add(model.getFileName().toString());
        pool.load(model.getFileName().toString(), model);
      }
    }
    return names;
  }

  private static void time(
      String what, ModelPool pool, List<String> models, List<Example> rows, int atOnce) {
    long began = System.nanoTime();
    for (int from = 0; from < rows.size(); from += atOnce) {
      List<CompletableFuture<Prediction>> answers = new ArrayList<>();
      for (String model : models) {
        answers.addAll(pool.submit(model, rows.subList(from, from + atOnce)));
      }
      answers.forEach(CompletableFuture::join);
    }
    double each = (System.nanoTime() - began) / 1e6 / rows.size() / models.size();
    System.out.printf(Locale.ROOT, "%s: %.1f ms a row%n", what, each);
  }
}
