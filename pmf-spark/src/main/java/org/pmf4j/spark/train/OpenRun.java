package org.pmf4j.spark.train;

import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.pmf4j.core.run.ShardComputer;
import org.pmf4j.core.trunk.EntryFiles;
import org.pmf4j.spark.executor.Engine;
import org.pmf4j.spark.executor.Places;
import org.pmf4j.spark.executor.Shared;
import org.pmf4j.spark.executor.Shared.Lease;
import org.pmf4j.spark.executor.WithEngine;
import org.pmf4j.spark.hadoop.CopiedEntries;
import org.pmf4j.spark.hadoop.HadoopSettings;
import org.pmf4j.spark.trunk.RowKeeper;

/**
 * What computes for runs in this process. Has no state but what it lends: any thread may call it.
 */
final class OpenRun {
  private static final Shared<String, WithEngine<ShardComputer>> OPEN =
      new Shared<>("the run", Engine.IDLE);

  private OpenRun() {}

  /**
   * The run's place in this process: opened by the first task that asks for it.
   *
   * @return what the task closes when it ends
   * @throws org.pmf4j.api.error.PmfException if an encoder is missing here, or another one
   */
  static Lease<WithEngine<ShardComputer>> lease(SentRun run, HadoopSettings hadoop) {
    Configuration settings = hadoop.configuration();
    return OPEN.lease(
        run.id(),
        () ->
            WithEngine.open(
                run.engine(),
                pmf ->
                    pmf.shards(
                        run.setup(),
                        Places.local(run.encoders(), settings),
                        caches(run.caches(), settings)),
                ShardComputer::close));
  }

  /** Keeps the rows of a run by what computes its gradients, too. */
  static RowKeeper<SentShard.SentRow> keeper(SentRun run, HadoopSettings hadoop) {
    Lease<WithEngine<ShardComputer>> lease = lease(run, hadoop);
    return new RowKeeper<>() {
      @Override
      public int keep(SentShard.SentRow row, String place) {
        return lease.get().get().keep(row.example(hadoop.configuration()));
      }

      @Override
      public void close() {
        lease.close();
      }
    };
  }

  /** Where entries of caches are, through copies on this machine. */
  static Function<String, EntryFiles> caches(String root, Configuration hadoop) {
    return CopiedEntries.caches(root, CopiedEntries.localFolder(), hadoop);
  }
}
