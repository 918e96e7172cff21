package org.pmf4j.core.training;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.pipeline.Prefetch;

/**
 * Gradients that the thread that trains computes itself, one part of a batch after the other, of
 * batches that others prepare ahead.
 *
 * @param objective what is trained
 * @param seed of the run
 */
record LocalGradients(Objective objective, long seed) implements StepGradients {
  @Override
  public Pass begin(int epoch, List<List<Integer>> batches, int first) {
    Prefetch<List<Batch<HostTensor>>> ahead =
        new Prefetch<>(
            first,
            batches.size(),
            i ->
                objective.prepare(
                    batches.get(i), epoch, (seed * 1_000_003 + epoch) * 1_000_003 + i));
    return new LocalPass(objective, batches, ahead, first);
  }

  private static final class LocalPass implements Pass {
    private final Objective objective;
    private final List<List<Integer>> batches;
    private final Prefetch<List<Batch<HostTensor>>> ahead;
    private int at;

    LocalPass(
        Objective objective,
        List<List<Integer>> batches,
        Prefetch<List<Batch<HostTensor>>> ahead,
        int first) {
      this.objective = objective;
      this.batches = batches;
      this.ahead = ahead;
      this.at = first;
    }

    @Override
    public List<Double> next(int end, Gradients sums) {
      int rows = batches.subList(at, end).stream().mapToInt(List::size).sum();
      List<Double> losses = new ArrayList<>();
      for (; at < end; at++) {
        double share = (double) batches.get(at).size() / rows;
        double loss = 0;
        for (Batch<HostTensor> part : ahead.take()) {
          loss += sums.add(part, share);
          objective.release(part);
        }
        losses.add(loss);
      }
      return losses;
    }

    @Override
    public void close() {
      ahead.close();
    }
  }
}
