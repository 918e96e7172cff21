package org.pmf4j.core.trunk;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.pipeline.Prefetch;
import org.pmf4j.core.progress.Progress;

/**
 * Goes once through many examples in batches that are prepared ahead. A batch holds examples that
 * have the same modalities, so that what they lack is not computed. Several threads may use it at
 * once.
 *
 * @param trunks that prepare the batches
 * @param modalities the model's, in order
 * @param batchSize examples in a batch
 */
public record TrunkBatches(Trunks trunks, Set<String> modalities, int batchSize) {

  /**
   * Goes through them.
   *
   * @param use takes the positions of a batch's examples, and what was prepared of them, which is
   *     released when it returns; called by this thread
   * @throws org.pmf4j.api.error.PmfException naming an example that has none of the modalities; of
   *     the kind STOPPED, if {@code progress} asks to stop
   */
  public void forEach(
      String what,
      List<Example> examples,
      Progress progress,
      BiConsumer<List<Integer>, Batch<HostTensor>> use) {
    List<List<Integer>> batches = batches(examples);
    try (Prefetch<Batch<HostTensor>> ahead =
            new Prefetch<>(0, batches.size(), i -> prepare(examples, batches.get(i)));
        Progress.Bar bar = progress.begin(what, examples.size(), "samples")) {
      for (List<Integer> batch : batches) {
        progress.checkStop("during " + what);
        Batch<HostTensor> prepared = ahead.take();
        use.accept(batch, prepared);
        trunks.release(prepared);
        bar.advance(batch.size(), "");
      }
    }
  }

  private List<List<Integer>> batches(List<Example> examples) {
    List<List<Integer>> batches = new ArrayList<>();
    for (List<Integer> group : ModalityPattern.group(examples, modalities).values()) {
      for (int from = 0; from < group.size(); from += batchSize) {
        batches.add(group.subList(from, Math.min(group.size(), from + batchSize)));
      }
    }
    return batches;
  }

  private Batch<HostTensor> prepare(List<Example> examples, List<Integer> batch) {
    return trunks.prepare(batch.stream().map(examples::get).toList());
  }
}
