package org.pmf4j.core.pmf;

import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.Parameters.Role;
import org.pmf4j.api.nn.Activation;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Tensor;

/**
 * The two-layer network that takes what a query prompt gathered into another modality's space.
 *
 * @param inWeight [h, d_x]
 * @param inBias [h]
 * @param outWeight [d_y, h]
 * @param outBias [d_y]
 * @param activation between the layers
 */
record Mapping(
    Parameter inWeight,
    Parameter inBias,
    Parameter outWeight,
    Parameter outBias,
    Activation activation) {

  static Mapping make(String prefix, int dx, int h, int dy, PmfSettings s, Parameters parameters) {
    // The start of torch.nn.Linear, as in the authors' code: uniform within 1/sqrt(inputs).
    Parameters.Start first = new Parameters.Start.Uniform(1 / Math.sqrt(dx));
    Parameters.Start second = new Parameters.Start.Uniform(1 / Math.sqrt(h));
    return new Mapping(
        parameters.make(prefix + "0.weight", Role.DECAYED, first, h, dx),
        parameters.make(prefix + "0.bias", Role.PLAIN, first, h),
        parameters.make(prefix + "1.weight", Role.DECAYED, second, dy, h),
        parameters.make(prefix + "1.bias", Role.PLAIN, second, dy),
        s.activation());
  }

  /** [B, n, d_x] → [B, n, d_y]. */
  Tensor apply(Tensor x) {
    Tensor hidden = activation.apply(new Linear(inWeight.value(), inBias.value()).apply(x));
    return new Linear(outWeight.value(), outBias.value()).apply(hidden);
  }
}
