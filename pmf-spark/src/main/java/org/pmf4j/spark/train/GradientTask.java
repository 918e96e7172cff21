package org.pmf4j.spark.train;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.run.ShardComputer;
import org.pmf4j.core.run.ShardGradients;
import org.pmf4j.spark.executor.Shared.Lease;
import org.pmf4j.spark.executor.WithEngine;
import org.pmf4j.spark.hadoop.HadoopSettings;
import org.pmf4j.spark.step.ShardCounters;

/**
 * Computes the gradients of a shard, on an executor. Immutable, so that any number of threads may
 * share it.
 *
 * @param run whose shard it is
 * @param hadoop where encoders and files are read
 * @param step whose values the parameters have
 * @param parameters values by name
 * @param counters what it adds to
 */
record GradientTask(
    Broadcast<SentRun> run,
    Broadcast<HadoopSettings> hadoop,
    long step,
    Broadcast<SentTensors> parameters,
    ShardCounters counters)
    implements Function<SentShard, SentGradients> {

  @Override
  public SentGradients call(SentShard sent) {
    try (Lease<WithEngine<ShardComputer>> open = OpenRun.lease(run.value(), hadoop.value())) {
      long begin = System.nanoTime();
      Map<String, HostTensor> values = parameters.value().tensors();
      long unpacked = System.nanoTime();
      ShardGradients computed =
          open.get().get().compute(step, values, sent.shard(hadoop.value().configuration()));
      counters.unpackMs().add(TimeUnit.NANOSECONDS.toMillis(unpacked - begin));
      counters.computeMs().add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - unpacked));
      counters.samples().add(sent.rows().size());
      counters.loss().add(computed.loss() * sent.rows().size());
      return new SentGradients(
          sent.number(), computed.loss(), SentTensors.of(computed.gradients()));
    }
  }
}
