package org.pmf4j.spark.train;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.DoubleAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.pmf4j.core.run.ShardComputer;
import org.pmf4j.core.run.ShardGradients;
import org.pmf4j.spark.executor.Shared.Lease;
import org.pmf4j.spark.executor.WithEngine;
import org.pmf4j.spark.hadoop.HadoopSettings;

/**
 * Computes the gradients of a shard, on an executor. Immutable, so that any number of threads may
 * share it.
 *
 * @param run whose shard it is
 * @param hadoop where encoders and files are read
 * @param step whose values the parameters have
 * @param parameters values by name
 * @param samples counts rows
 * @param loss sums the losses of rows
 */
record GradientTask(
    Broadcast<SentRun> run,
    Broadcast<HadoopSettings> hadoop,
    long step,
    Broadcast<SentTensors> parameters,
    LongAccumulator samples,
    DoubleAccumulator loss)
    implements Function<SentShard, SentGradients> {

  @Override
  public SentGradients call(SentShard sent) {
    try (Lease<WithEngine<ShardComputer>> open = OpenRun.lease(run.value(), hadoop.value())) {
      ShardGradients computed =
          open.get()
              .get()
              .compute(
                  step, parameters.value().tensors(), sent.shard(hadoop.value().configuration()));
      samples.add(sent.rows().size());
      loss.add(computed.loss() * sent.rows().size());
      return new SentGradients(
          sent.number(), computed.loss(), SentTensors.of(computed.gradients()));
    }
  }
}
