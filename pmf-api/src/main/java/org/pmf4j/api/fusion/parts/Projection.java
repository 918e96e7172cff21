package org.pmf4j.api.fusion.parts;

import java.util.Optional;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.tensor.Tensor;

/**
 * From one encoder's space into another's: a linear layer where their widths differ; where they are
 * equal the vectors go as they are, and nothing is trained. Immutable, so that any number of
 * threads may share it.
 *
 * @param layer the linear layer, if there is one
 * @since API version 2
 */
public record Projection(Optional<TrainedLinear> layer) {

  /** A bridge between these widths. */
  public static Projection make(String name, int from, int to, Parameters parameters) {
    return new Projection(
        from == to
            ? Optional.empty()
            : Optional.of(TrainedLinear.make(name, from, to, parameters)));
  }

  /** [..., from] → [..., to]. */
  public Tensor apply(Tensor x) {
    return layer.map(l -> l.apply(x)).orElse(x);
  }
}
