package org.pmf4j.bench.methods.work;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.bench.process.ChildTask;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.CacheJob;

/**
 * Fills the cache that a variant trains from, so that its own memory and time are what it costs.
 * For one thread at a time.
 */
public final class CacheTask implements ChildTask<Job, CacheTask.Filled> {
  /** Made by the child. */
  public CacheTask() {}

  /**
   * What a cache costs.
   *
   * @param seconds spent on what was missing
   * @param bytes on disk by folder; variants may share folders
   */
  public record Filled(double seconds, Map<String, Long> bytes) {
    /** Copies the map. */
    public Filled {
      bytes = Collections.unmodifiableMap(new LinkedHashMap<>(bytes));
    }
  }

  @Override
  public Filled run(Job job, Progress progress) {
    try (Pmf pmf = job.setup().open()) {
      CacheJob.Filled filled =
          pmf.fillCache(
              job.setup().config(job.cell(), Path.of(job.folder()), Path.of(job.cache())),
              progress);
      Map<String, Long> bytes = new LinkedHashMap<>();
      filled.bytes().forEach((folder, n) -> bytes.put(folder.getFileName().toString(), n));
      return new Filled(filled.seconds(), bytes);
    }
  }
}
