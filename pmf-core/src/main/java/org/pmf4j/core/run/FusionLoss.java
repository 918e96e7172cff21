package org.pmf4j.core.run;

import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.Targets;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.training.Loss;
import org.pmf4j.core.training.PartLoss;
import org.pmf4j.core.trunk.Trunks;

/**
 * The loss of a fused model. For one thread at a time.
 *
 * @param model whose trainable part is trained
 * @param trunks what its fusion layers start from
 * @param loss that compares outputs with targets
 */
record FusionLoss(FusedModel model, Trunks trunks, Loss loss) implements PartLoss {
  @Override
  public Batch<Tensor> place(Batch<HostTensor> part) {
    return trunks.place(part);
  }

  @Override
  public Tensor loss(Batch<Tensor> part) {
    Named<Tokens> tokens = model.tokens(part);
    Targets<Tensor> targets = part.requireTargets();
    Tensor task = loss.of(model.logits(tokens), targets);
    // A part counts as much as its rows, so that the parts of a batch add up here too.
    return model
        .penalty(tokens)
        .map(p -> task.add(p.mul(targets.weights().sum().reshape(1))))
        .orElse(task);
  }
}
