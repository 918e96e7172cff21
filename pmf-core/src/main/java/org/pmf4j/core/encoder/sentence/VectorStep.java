package org.pmf4j.core.encoder.sentence;

import java.util.function.UnaryOperator;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Tensor;

/** What is done with a pooled vector. Used by whichever thread runs the program it is part of. */
sealed interface VectorStep {
  /**
   * Does it.
   *
   * @param vectors [B, d]
   * @return [B, e]
   */
  Tensor apply(Tensor vectors);

  /** To the length 1; a vector without length stays. */
  record Normalize() implements VectorStep {
    /** The square of the shortest length that is divided by. */
    private static final double SHORTEST = 1e-24;

    @Override
    public Tensor apply(Tensor vectors) {
      Tensor squares = vectors.square().sum(1).reshape(Tensor.KEEP, 1);
      Tensor least = squares.filled(SHORTEST, squares.dtype());
      return vectors.div(squares.maximum(least).sqrt());
    }
  }

  /**
   * A fully connected layer.
   *
   * @param layer its weights
   * @param activation what follows
   */
  record Dense(Linear layer, UnaryOperator<Tensor> activation) implements VectorStep {
    @Override
    public Tensor apply(Tensor vectors) {
      return activation.apply(layer.apply(vectors));
    }
  }
}
