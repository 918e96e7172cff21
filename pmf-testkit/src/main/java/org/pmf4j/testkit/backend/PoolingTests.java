package org.pmf4j.testkit.backend;

import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.Tolerance;

/** How states become one vector, with and without padding, against sums over the real tokens. */
abstract class PoolingTests extends BackendTests {
  private static final long SEED = 2308;
  private static final int TOKENS = 5;
  private static final int WIDTH = 3;

  /** Real tokens of each sample. */
  private static final int[] LENGTHS = {3, 5, 1};

  PoolingTests(BackendConformance subject) {
    super(subject);
  }

  /** What a pooling makes of one dimension of the real tokens of one sample. */
  @FunctionalInterface
  private interface Expected {
    double of(IntToDoubleFunction token, int tokens);
  }

  @Test
  void theFirstToken() {
    check("first", c -> new Pooling.FirstTokens(1), (x, n) -> x.applyAsDouble(0));
  }

  @Test
  void theLastRealToken() {
    check("last", c -> new Pooling.LastToken(), (x, n) -> x.applyAsDouble(n - 1));
  }

  @Test
  void theMeanOfRealTokens() {
    check("mean", c -> new Pooling.MeanOfTokens(), (x, n) -> sum(x, n) / n);
  }

  @Test
  void theMeanBySquareRootOfTheNumberOfRealTokens() {
    check("square root", c -> new Pooling.MeanBySquareRoot(), (x, n) -> sum(x, n) / Math.sqrt(n));
  }

  @Test
  void theLargestOfRealTokensEvenIfAllAreBelowZero() {
    Expected largest = (x, n) -> IntStream.range(0, n).mapToDouble(x).max().orElseThrow();
    check("max", c -> new Pooling.MaxOfTokens(), largest);
    NdArray low = states().map(v -> v - 50);
    check("max of low states", low, c -> new Pooling.MaxOfTokens(), largest);
  }

  @Test
  void theMeanInWhichLaterTokensCountMore() {
    check(
        "weighted mean",
        c -> new Pooling.WeightedMean(c.get("places")),
        (x, n) ->
            IntStream.range(0, n).mapToDouble(i -> (i + 1) * x.applyAsDouble(i)).sum()
                / (n * (n + 1) / 2.0));
  }

  private static double sum(IntToDoubleFunction token, int tokens) {
    return IntStream.range(0, tokens).mapToDouble(token).sum();
  }

  private static NdArray states() {
    return NdArray.normal(SEED, LENGTHS.length, TOKENS, WIDTH);
  }

  private void check(String name, Function<Named<Tensor>, Pooling> pooling, Expected expected) {
    check(name, states(), pooling, expected);
  }

  private void check(
      String name, NdArray states, Function<Named<Tensor>, Pooling> pooling, Expected expected) {
    float[] places = {0, 1, 2, 3, 4, 5, 6};
    boolean[] real = new boolean[LENGTHS.length * TOKENS];
    for (int i = 0; i < real.length; i++) {
      real[i] = i % TOKENS < LENGTHS[i / TOKENS];
    }
    OperationCheck.of(backend(), name + " with padding, seed " + SEED, states)
        .given("places", HostTensor.of(places, places.length))
        .given("mask", HostTensor.of(real, LENGTHS.length, TOKENS))
        .within(Tolerance.BALANCED)
        .matches(
            (x, c) -> pooled(pooling.apply(c), x.get(0), c.get("mask")),
            x -> oracle(x.get(0), true, expected));
    OperationCheck.of(backend(), name + " without padding, seed " + SEED, states)
        .given("places", HostTensor.of(places, places.length))
        .within(Tolerance.BALANCED)
        .matches(
            (x, c) -> pooled(pooling.apply(c), x.get(0), null),
            x -> oracle(x.get(0), false, expected));
  }

  private static Tensor pooled(Pooling pooling, Tensor states, Tensor mask) {
    return pooling.pool(pooling.rows(states), mask);
  }

  private static NdArray oracle(NdArray states, boolean padded, Expected expected) {
    return NdArray.generate(
        Shape.of(LENGTHS.length, WIDTH),
        at ->
            expected.of(
                token -> states.at(at[0], token, at[1]), padded ? LENGTHS[(int) at[0]] : TOKENS));
  }
}
