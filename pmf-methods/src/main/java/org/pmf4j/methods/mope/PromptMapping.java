package org.pmf4j.methods.mope;

import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.parts.JoinedLinear;
import org.pmf4j.api.fusion.parts.TrainedLinear;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/**
 * The network f_m that makes a prompt of ψ, the same for all layers: two linear layers with GELU
 * between.
 *
 * @param in from ψ
 * @param out into the main encoder's space
 */
record PromptMapping(JoinedLinear in, TrainedLinear out) {

  static PromptMapping make(Named<Integer> widths, int hidden, int d, Parameters parameters) {
    int width = JoinedLinear.width(widths);
    TrainedLinear in = TrainedLinear.make("fusion.mapping.0", width, hidden, parameters);
    return new PromptMapping(
        new JoinedLinear(widths, in.weight(), in.bias()),
        TrainedLinear.make("fusion.mapping.1", hidden, d, parameters));
  }

  /**
   * P_m.
   *
   * @param psi pooled vectors of the other modalities that are there, one or more
   * @return [B, 1, d]
   */
  Tensor apply(Named<Tensor> psi) {
    Tensor prompt = out.apply(Neural.gelu(in.apply(psi)));
    return prompt.reshape(Tensor.KEEP, 1, out.weight().shape().dim(0));
  }
}
