package org.pmf4j.core.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.trunk.EntryFiles;

/**
 * Others who compute the gradients of a run's steps, such as the executors of a cluster. What they
 * compute is summed in the order of the shards, so that the bits of a run do not depend on how many
 * they are or who computes what. Called by the thread that trains.
 */
@FunctionalInterface
public interface ShardWorkers {
  /**
   * Begins a run.
   *
   * @return what the run closes
   * @throws org.pmf4j.api.error.PmfException if they cannot take part
   */
  Session begin(ShardSetup setup);

  /** The workers of one run. */
  interface Session extends AutoCloseable {
    /**
     * By the name of a cache of trunk outputs, where workers keep its entries, so that the run
     * reads them there, too; empty where that is where its configuration says.
     */
    default Optional<Function<String, EntryFiles>> caches() {
      return Optional.empty();
    }

    /**
     * Computes and keeps what is missing of trunk outputs, before the first step of a run that
     * keeps them. What workers leave out, the run computes itself.
     *
     * @param progress shows how many rows are done
     * @throws org.pmf4j.api.error.PmfException naming the row that cannot be read, or what cannot
     *     be written
     */
    default void fill(List<Example> examples, Progress progress) {}

    /**
     * Computes the gradients of a step's shards, in any order and any places.
     *
     * @param epoch from 0, for what is shown
     * @param parameters the values that the step begins with, by name
     * @return of each shard, in their order
     * @throws org.pmf4j.api.error.PmfException for what a user can mend
     */
    List<ShardGradients> compute(int epoch, Map<String, HostTensor> parameters, List<Shard> shards);

    @Override
    void close();
  }
}
