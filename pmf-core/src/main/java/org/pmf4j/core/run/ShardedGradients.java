package org.pmf4j.core.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.training.Gradients;
import org.pmf4j.core.training.StepGradients;
import org.pmf4j.core.training.TrainedParameter;

/**
 * Gradients that others compute: each batch of a step is a shard, and the gradients of shards are
 * added in their order, by the same additions that one machine makes. For one thread at a time.
 *
 * @param backend that holds the parameters
 * @param objective what is trained
 * @param workers compute
 */
record ShardedGradients(Backend backend, FusionObjective objective, ShardWorkers.Session workers)
    implements StepGradients {
  @Override
  public Pass begin(int epoch, List<List<Integer>> batches, int first) {
    return new ShardedPass(epoch, batches, first);
  }

  private final class ShardedPass implements Pass {
    private final int epoch;
    private final List<List<Integer>> batches;
    private int at;

    ShardedPass(int epoch, List<List<Integer>> batches, int first) {
      this.epoch = epoch;
      this.batches = batches;
      this.at = first;
    }

    @Override
    public List<Double> next(int end, Gradients sums) {
      List<List<Integer>> group = batches.subList(at, end);
      int rows = group.stream().mapToInt(List::size).sum();
      List<Shard> shards =
          group.stream()
              .map(batch -> objective.shard(batch, epoch, (double) batch.size() / rows))
              .toList();
      List<ShardGradients> computed = workers.compute(epoch, parameters(), shards);
      at = end;
      sums.put(sum(computed));
      return computed.stream().map(ShardGradients::loss).toList();
    }

    @Override
    public void close() {
      // The workers are the run's
    }
  }

  private Map<String, HostTensor> parameters() {
    Map<String, HostTensor> values = new LinkedHashMap<>();
    for (TrainedParameter trained : objective.parameters()) {
      Parameter p = trained.parameter();
      values.put(p.name(), backend.read(p.value()));
    }
    return values;
  }

  /** Parameters at the same time, each in the order of the shards. */
  private Map<String, HostTensor> sum(List<ShardGradients> computed) {
    List<String> names = objective.parameters().stream().map(p -> p.parameter().name()).toList();
    List<HostTensor> added = names.parallelStream().map(name -> sum(name, computed)).toList();
    Map<String, HostTensor> sums = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      sums.put(names.get(i), added.get(i));
    }
    return sums;
  }

  private static HostTensor sum(String name, List<ShardGradients> computed) {
    return sumInOrder(computed.stream().map(shard -> shard.gradients().get(name)).toList());
  }

  private static HostTensor sumInOrder(List<HostTensor> all) {
    float[] sum = all.get(0).floats();
    for (HostTensor next : all.subList(1, all.size())) {
      float[] more = next.floats();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += more[i];
      }
    }
    return HostTensor.of(sum, all.get(0).shape().dims());
  }
}
