package org.pmf4j.core.pmf;

import java.util.Optional;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * A head over pooled tokens that are first brought to mean 0 and variance 1, each by itself: layer
 * normalisation (Ba et al., 2016) without weights. Encoders differ in how large their vectors are,
 * and without it the larger ones have the say.
 *
 * @param head what takes them
 */
record NormalizedHead(Head head) implements Head {
  private static final double EPSILON = 1e-5;

  @Override
  public Tensor logits(Named<Tensor> pooled) {
    return head.logits(pooled.map(NormalizedHead::normalized));
  }

  private static Tensor normalized(Tensor x) {
    Tensor centred = x.sub(x.mean(-1));
    return centred.div(centred.square().mean(-1).add(EPSILON).sqrt());
  }

  @Override
  public Optional<Tensor> penalty() {
    return head.penalty();
  }
}
