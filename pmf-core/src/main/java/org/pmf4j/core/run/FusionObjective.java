package org.pmf4j.core.run;

import java.util.List;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.training.Loss;
import org.pmf4j.core.training.Objective;
import org.pmf4j.core.training.TargetRows;
import org.pmf4j.core.trunk.Trunks;

/**
 * Training of a fused model on labelled examples.
 *
 * @param model whose trainable part is trained
 * @param trunks what its fusion layers start from
 * @param examples the training rows
 * @param targets of those rows
 * @param loss of the task
 */
record FusionObjective(
    FusedModel model, Trunks trunks, List<Example> examples, TargetRows targets, Loss loss)
    implements Objective {

  @Override
  public List<Parameter> parameters() {
    return model.trainable();
  }

  @Override
  public int rows() {
    return examples.size();
  }

  @Override
  public int length(int row) {
    return trunks.length(examples.get(row));
  }

  @Override
  public Named<HostTensor> prepare(List<Integer> rows, long seed) {
    return trunks
        .prepare(rows.stream().map(examples::get).toList())
        .prefixed("trunk.")
        .with(targets.batch(rows));
  }

  @Override
  public Named<Tensor> place(Named<HostTensor> batch) {
    Named<Tensor> trunk = trunks.place(batch.under("trunk.")).prefixed("trunk.");
    return trunk
        .with("targets", model.place(batch.get("targets")))
        .with("weights", model.place(batch.get("weights")));
  }

  @Override
  public Tensor loss(Named<Tensor> batch) {
    Tensor logits = model.logits(batch.under("trunk."));
    return loss.of(logits, batch.get("targets"), batch.get("weights"));
  }
}
