package org.pmf4j.testkit.plain;

import java.util.List;
import org.pmf4j.api.tensor.Shape;

/**
 * The one operation behind all that moves elements: broadcasting, permuting, slicing, repeating,
 * gathering, the maximum. Its derivative sends each element's gradient back to where the element
 * came from; an element that was picked several times gets the sum.
 */
final class Pick {
  private Pick() {}

  /** For each position of the result the element of {@code a} at that position. */
  static PlainValue elements(PlainValue a, Shape to, int[] positions) {
    return Recording.step(
        a.array().picked(to, positions),
        List.of(a),
        (gradient, gradients) ->
            gradients.by(
                a,
                sum -> {
                  for (int i = 0; i < positions.length; i++) {
                    sum[positions[i]] += gradient[i];
                  }
                }));
  }

  /** A value repeated along its dimensions of size 1 and along new ones in front. */
  static PlainValue broadcast(PlainValue a, Shape to) {
    Shape from = a.array().shape();
    return from.equals(to) ? a : elements(a, to, Positions.broadcast(from, to));
  }

  /** The shape that two shapes broadcast to; the API has checked that there is one. */
  static Shape common(Shape a, Shape b) {
    long[] dims = new long[Math.max(a.rank(), b.rank())];
    for (int i = 1; i <= dims.length; i++) {
      long x = i <= a.rank() ? a.dim(-i) : 1;
      long y = i <= b.rank() ? b.dim(-i) : 1;
      dims[dims.length - i] = x == 1 ? y : x;
    }
    return Shape.of(dims);
  }
}
