package org.pmf4j.api.backend;

import java.util.List;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * A step of Adam with decoupled weight decay (Loshchilov and Hutter, 2019; the reference is
 * torch.optim.AdamW): what {@link Tape#adamW} does to parameters. With g the scaled gradient,
 *
 * <pre>
 * m ← β₁ m + (1 − β₁) g
 * v ← β₂ v + (1 − β₂) g²
 * w ← (1 − rate · decay) w − rate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
 * </pre>
 *
 * What changes from step to step comes as tensors [1], so that a program is traced once. Immutable,
 * so that any number of threads may share it.
 *
 * @param beta1 β₁, decay of the first moment
 * @param beta2 β₂, decay of the second moment
 * @param epsilon ε
 * @param decay weight decay, 0 for none
 * @param number t, from 1
 * @param rate learning rate
 * @param scale what gradients are multiplied with, below 1 where they are clipped
 * @param firstCorrection 1 − β₁ᵗ
 * @param secondCorrection 1 − β₂ᵗ
 */
public record AdamW(
    double beta1,
    double beta2,
    double epsilon,
    double decay,
    Tensor number,
    Tensor rate,
    Tensor scale,
    Tensor firstCorrection,
    Tensor secondCorrection) {

  /**
   * A parameter and what is kept of its gradients.
   *
   * @param value w
   * @param first m, of the same shape
   * @param second v, of the same shape
   * @param gradient of this step, of the same shape
   */
  public record Slot(Parameter value, Parameter first, Parameter second, Tensor gradient) {}

  /** The step as a composition of tensor operations and assignments. */
  void compose(Tape tape, List<Slot> slots) {
    for (Slot slot : slots) {
      TensorScope.tidy(() -> compose(tape, slot));
    }
  }

  private Tensor compose(Tape tape, Slot slot) {
    Tensor g = slot.gradient().mul(scale);
    Tensor m = blend(slot.first().value(), g, beta1);
    Tensor v = blend(slot.second().value(), g.square(), beta2);
    Tensor root = v.sqrt().div(secondCorrection.sqrt()).add(epsilon);
    Tensor old = slot.value().value();
    Tensor kept = decay == 0 ? old : old.mul(rate.mul(-decay).add(1));
    Tensor next = kept.sub(m.div(root).mul(rate.div(firstCorrection)));
    tape.assign(slot.first(), m);
    tape.assign(slot.second(), v);
    tape.assign(slot.value(), next);
    return next;
  }

  private static Tensor blend(Tensor old, Tensor now, double beta) {
    return old.mul(beta).add(now.mul(1 - beta));
  }
}
