package org.example.series;

import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Tensor;

/**
 * A feed-forward network whose gate is a plain sigmoid (the GLU of Dauphin et al., 2017): out(in(x)
 * · σ(gate(x))).
 */
record GatedNetwork(Linear in, Linear gate, Linear out) {

  static GatedNetwork of(int d, int inner, Weights weights) {
    return new GatedNetwork(
        weights.linear("in", d, inner),
        weights.linear("gate", d, inner),
        weights.linear("out", inner, d));
  }

  Tensor apply(Tensor x) {
    return out.apply(in.apply(x).mul(gate.apply(x).sigmoid()));
  }
}
