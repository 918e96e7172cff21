package org.pmf4j.core.pmf;

import java.util.Optional;
import java.util.OptionalLong;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.Parameters.Role;
import org.pmf4j.api.fusion.parts.JoinedLinear;
import org.pmf4j.api.nn.Activation;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * A network with one hidden layer over the pooled tokens of all modalities, one after the other;
 * one that is missing counts as zeros.
 *
 * @param in from the pooled tokens to h
 * @param outWeight [outputs, h]
 * @param outBias [outputs]
 * @param activation of the hidden layer
 * @param strength λ of the L2 penalty {@code λ/2·‖W‖²} of both matrices, 0 for none
 */
record JointHead(
    JoinedLinear in, Parameter outWeight, Parameter outBias, Activation activation, double strength)
    implements Head {

  /** Below so many rows the penalty grows no further. */
  private static final long FEW_ROWS = 300;

  static JointHead make(Named<Integer> widths, PmfSettings s, int outputs, Parameters parameters) {
    int h = s.headWidth();
    int d = JoinedLinear.width(widths);
    Parameters.Start first = new Parameters.Start.Uniform(1 / Math.sqrt(d));
    Parameters.Start second = new Parameters.Start.Uniform(1 / Math.sqrt(h));
    return new JointHead(
        new JoinedLinear(
            widths,
            parameters.make("head.joint.0.weight", Role.DECAYED, first, h, d),
            parameters.make("head.joint.0.bias", Role.PLAIN, first, h)),
        parameters.make("head.joint.1.weight", Role.DECAYED, second, outputs, h),
        parameters.make("head.joint.1.bias", Role.PLAIN, second, outputs),
        s.headActivation(),
        strength(s, parameters.trainingRows()));
  }

  /**
   * What is believed beforehand, that weights are small, weighs the less the more rows there are.
   * AdamW's own decay does nothing of the kind in a short run, whose learning rates add up to less
   * than one: it takes a hundredth of that off. Fewer rows are trained in so few steps that more of
   * a penalty would keep the head from learning at all.
   */
  private static double strength(PmfSettings s, OptionalLong rows) {
    return rows.isPresent() ? s.headPenalty() / Math.max(FEW_ROWS, rows.getAsLong()) : 0;
  }

  @Override
  public Tensor logits(Named<Tensor> pooled) {
    Tensor hidden = activation.apply(in.apply(pooled));
    return new Linear(outWeight.value(), outBias.value()).apply(hidden);
  }

  @Override
  public Optional<Tensor> penalty() {
    if (strength == 0) {
      return Optional.empty();
    }
    Tensor squares = squares(in.weight()).add(squares(outWeight));
    return Optional.of(squares.mul(strength / 2));
  }

  private static Tensor squares(Parameter weight) {
    return weight.value().square().sum().reshape(1);
  }
}
