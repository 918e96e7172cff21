package org.pmf4j.testkit.plain;

import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Gradients in the making, by value. A value that several steps read gets the sum of what they give
 * it, which is why steps add and never set.
 */
final class Gradients {
  private final IdentityHashMap<PlainValue, double[]> sums = new IdentityHashMap<>();
  private final Predicate<PlainValue> wanted;

  Gradients(Predicate<PlainValue> wanted) {
    this.wanted = wanted;
  }

  /** Hands the gradient by a value to whoever adds to it, unless nobody wants that gradient. */
  void by(PlainValue value, Consumer<double[]> adder) {
    if (wanted.test(value)) {
      adder.accept(sums.computeIfAbsent(value, v -> new double[v.array().size()]));
    }
  }

  /** The finished gradient by a value, in double whatever its type; absent if it got none. */
  Optional<double[]> of(PlainValue value) {
    return Optional.ofNullable(sums.get(value));
  }
}
