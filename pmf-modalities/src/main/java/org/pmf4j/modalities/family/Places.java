package org.pmf4j.modalities.family;

import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/** The numbers of positions, which rules about them compare. */
final class Places {
  private Places() {}

  /**
   * 0, 1, 2, … as FLOAT32 [longest].
   *
   * @param weights who holds it
   */
  static Tensor table(int longest, Weights weights) {
    float[] places = new float[longest];
    for (int n = 0; n < longest; n++) {
      places[n] = n;
    }
    return weights.constant("places", HostTensor.of(places, longest));
  }
}
