package org.pmf4j.core.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.training.Objective;
import org.pmf4j.core.training.TargetRows;
import org.pmf4j.core.training.TrainedParameter;
import org.pmf4j.core.trunk.Trunks;

/**
 * Training of a fused model on labelled examples. For one thread at a time.
 *
 * @param plan of the run: what rows lack in an epoch beside what they lack anyway, and the learning
 *     rate of the encoders' own weights
 * @param model whose trainable part is trained
 * @param trunks what its fusion layers start from
 * @param data the training rows
 */
public record FusionObjective(RunPlan plan, FusedModel model, Trunks trunks, TrainingRows data)
    implements Objective {

  @Override
  public List<TrainedParameter> parameters() {
    return model.trained();
  }

  @Override
  public double rateFactor(TrainedParameter parameter) {
    return parameter.owner() == TrainedParameter.Owner.ENCODER
        ? plan.encoderRate().factor(plan.config())
        : 1;
  }

  @Override
  public int rows() {
    return data.examples().size();
  }

  @Override
  public int length(int row) {
    return trunks.length(data.examples().get(row));
  }

  @Override
  public List<Batch<HostTensor>> prepare(List<Integer> rows, int epoch, long seed) {
    return shard(rows, epoch, 1).parts(trunks, modalities());
  }

  /**
   * Some rows, as they are seen in an epoch.
   *
   * @param share of them in their step
   */
  Shard shard(List<Integer> rows, int epoch, double share) {
    TargetRows.Weighted weighted = data.targets().weighted(rows);
    return new Shard(
        rows.stream().map(row -> seen(row, epoch)).toList(),
        weighted.targets(),
        weighted.weights(),
        share);
  }

  private Example seen(int row, int epoch) {
    Example example = data.examples().get(row);
    return plan.dropout()
        .apply(
            example,
            ModalityPattern.of(example, modalities()),
            model.plan().required(),
            epoch,
            row);
  }

  /** Where training rows lack modalities, how many there are of each pattern; else empty. */
  Map<String, Integer> patterns() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    ModalityPattern.patterns(data.examples(), modalities())
        .forEach((p, r) -> counts.put(p.toString(), r.size()));
    return counts;
  }

  private Set<String> modalities() {
    return model.encoders().names();
  }

  private FusionLoss losses() {
    return new FusionLoss(model, trunks, data.loss());
  }

  @Override
  public Batch<Tensor> place(Batch<HostTensor> part) {
    return losses().place(part);
  }

  @Override
  public void release(Batch<HostTensor> part) {
    trunks.release(part);
  }

  @Override
  public Tensor loss(Batch<Tensor> part) {
    return losses().loss(part);
  }
}
