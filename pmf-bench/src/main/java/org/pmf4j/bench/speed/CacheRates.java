package org.pmf4j.bench.speed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.file.FolderRemoval;
import org.pmf4j.core.progress.Progress;

/**
 * What the trunk cache costs and gives: how large a sample is, how fast the cache is filled and how
 * fast it is read by one thread. The files are read from the system's page cache; a slow disk comes
 * on top.
 */
final class CacheRates {
  private final Fixture bench;
  private final String key;
  private final Measurements notebook;

  CacheRates(Fixture bench, String precision, Measurements notebook) {
    this.bench = bench;
    this.key = "cache/" + precision;
    this.notebook = notebook;
  }

  /** Fills the cache, and times it where that was not done before. */
  void fill(VariantRun session, int samples, Progress progress) {
    String fill = key + "/fill";
    if (notebook.has(fill)) {
      session.fill(progress);
      return;
    }
    FolderRemoval.attempt(bench.work().cache());
    notebook.measureOnce(
        fill,
        () -> {
          long t = System.nanoTime();
          session.fill(progress);
          double seconds = (System.nanoTime() - t) / 1e9;
          Map<String, Double> values = new LinkedHashMap<>();
          values.put(key + "/samples", (double) samples);
          values.put(key + "/fill-rate", samples / seconds);
          values.put(key + "/bytes", (double) WorkFolder.bytes(bench.work().cache()) / samples);
          return values;
        });
  }

  /** Reads the cache as threads that work ahead do, first by a reader that knows no keys yet. */
  void read(List<Example> examples) {
    notebook.measureOnce(
        key + "/read",
        () -> {
          int batch = bench.sizes().batch();
          int samples = examples.size() / batch * batch;
          VariantRun reader = bench.open(SpeedVariant.PMF_CACHED_STEP, examples);
          Map<String, Double> values = new LinkedHashMap<>();
          values.put(key + "/first-read-rate", rate(reader, samples, batch));
          values.put(key + "/read-rate", rate(reader, samples, batch));
          return values;
        });
  }

  private static double rate(VariantRun reader, int samples, int batch) {
    long t = System.nanoTime();
    reader.read(samples, batch);
    return samples / ((System.nanoTime() - t) / 1e9);
  }
}
