package org.pmf4j.core.pmf;

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
 */
record JointHead(JoinedLinear in, Parameter outWeight, Parameter outBias, Activation activation)
    implements Head {

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
        s.headActivation());
  }

  @Override
  public Tensor logits(Named<Tensor> pooled) {
    Tensor hidden = activation.apply(in.apply(pooled));
    return new Linear(outWeight.value(), outBias.value()).apply(hidden);
  }
}
