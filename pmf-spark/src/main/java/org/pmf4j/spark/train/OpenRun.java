package org.pmf4j.spark.train;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.run.ShardComputer;
import org.pmf4j.core.trunk.EntryFiles;
import org.pmf4j.spark.executor.Engine;
import org.pmf4j.spark.executor.Places;
import org.pmf4j.spark.executor.Shared;
import org.pmf4j.spark.executor.Shared.Lease;
import org.pmf4j.spark.hadoop.CopiedEntries;
import org.pmf4j.spark.hadoop.HadoopSettings;

/**
 * What computes gradients for a run in this process, with its engine. Several threads may use it at
 * once; it is closed by who lends it.
 */
final class OpenRun implements AutoCloseable {
  private static final Shared<String, OpenRun> OPEN = new Shared<>("the run", Engine.IDLE);

  private final Lease<Pmf> pmf;
  private final ShardComputer computer;

  private OpenRun(Lease<Pmf> pmf, ShardComputer computer) {
    this.pmf = pmf;
    this.computer = computer;
  }

  /**
   * The run's place in this process: opened by the first task that asks for it.
   *
   * @return what the task closes when it ends
   * @throws org.pmf4j.api.error.PmfException if an encoder is missing here, or another one
   */
  static Lease<OpenRun> lease(SentRun run, HadoopSettings hadoop) {
    return OPEN.lease(run.id(), () -> open(run, hadoop.configuration()));
  }

  private static OpenRun open(SentRun run, Configuration hadoop) {
    Map<String, Path> encoders = Places.local(run.encoders(), hadoop);
    Lease<Pmf> pmf = run.engine().lease();
    try {
      return new OpenRun(
          pmf, pmf.get().shards(run.setup(), encoders, caches(run.caches(), hadoop)));
    } catch (RuntimeException | Error e) {
      pmf.close();
      throw e;
    }
  }

  /** Where entries of caches are, through copies on this machine. */
  static Function<String, EntryFiles> caches(String root, Configuration hadoop) {
    return CopiedEntries.caches(root, CopiedEntries.localFolder(), hadoop);
  }

  ShardComputer computer() {
    return computer;
  }

  @Override
  public void close() {
    try {
      computer.close();
    } finally {
      pmf.close();
    }
  }
}
