package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.Tolerance;
import org.pmf4j.testkit.plain.PlainBackendFactory;
import org.pmf4j.testkit.plain.SequentialBackendFactory;

/**
 * What tolerances allow, held against the errors that correct code makes.
 *
 * <p>Correct code at its worst is the sequential backend in FLOAT32, which rounds every product and
 * every partial sum; what it should have found is what the plain backend computes in double. Their
 * difference is the error of an engine that has nothing wider than its element type. A tolerance
 * allows at least {@link #ROOM} times that error, because engines sum in other orders and their
 * functions are good to a few units in the last place. And it allows at most {@link #LOOSEST} times
 * that error: a tolerance cannot be loosened for the sake of a failing test without failing here.
 *
 * <p>This is arithmetic of Java on seeded numbers. It comes out the same everywhere but for the
 * last place of some functions, so the two factors are far from being touched by chance.
 */
@DisplayName("What a tolerance allows")
class ToleranceMeasurementTest {
  private static final List<Long> SEEDS = List.of(11L, 222L, 3333L);

  /** How many times the measured error a tolerance allows at least. */
  private static final double ROOM = 4;

  /** How many times the measured error a tolerance allows at most. */
  private static final double LOOSEST = 50;

  /** FLOAT64 has 29 bits more than FLOAT32, and its errors are as much smaller. */
  private static final double FLOAT64_PER_FLOAT32 = Math.pow(2, -29);

  private final Backend exact = new PlainBackendFactory().open(BackendOptions.DEFAULT);
  private final Backend sequential = new SequentialBackendFactory().open(BackendOptions.DEFAULT);

  @AfterEach
  void close() {
    exact.close();
    sequential.close();
  }

  private static void holds(Tolerance tolerance, DType dtype, double measured) {
    assertThat(tolerance.of(dtype))
        .as("%s for %s, seeds %s, measured error %.2e", tolerance, dtype, SEEDS, measured)
        .isBetween(ROOM * measured, LOOSEST * measured);
  }

  private static double largest(
      List<MeasuredOperation> operations, ToDoubleFunction<MeasuredOperation> error) {
    return operations.stream().mapToDouble(error).max().orElseThrow();
  }

  private double ofResult(MeasuredOperation operation) {
    return SEEDS.stream()
        .map(operation::operands)
        .mapToDouble(
            x ->
                Tolerance.error(
                    operation.result(sequential, DType.FLOAT32, x),
                    operation.result(exact, DType.FLOAT64, x)))
        .max()
        .orElseThrow();
  }

  private double ofGradients(MeasuredOperation operation) {
    double largest = 0;
    for (long seed : SEEDS) {
      List<NdArray> x = operation.operands(seed);
      NdArray weights = weights(operation, x);
      List<NdArray> found = operation.gradients(sequential, DType.FLOAT32, x, weights);
      List<NdArray> expected = operation.gradients(exact, DType.FLOAT64, x, weights);
      for (int i = 0; i < x.size(); i++) {
        largest = Math.max(largest, Tolerance.error(found.get(i), expected.get(i)));
      }
    }
    return largest;
  }

  private double ofFiniteDifferences(MeasuredOperation operation) {
    double largest = 0;
    for (long seed : SEEDS) {
      List<NdArray> x = operation.operands(seed);
      NdArray weights = weights(operation, x);
      List<NdArray> expected = operation.gradients(exact, DType.FLOAT64, x, weights);
      for (int i = 0; i < x.size(); i++) {
        NdArray slopes =
            FiniteDifferences.gradient(
                in -> operation.result(exact, DType.FLOAT64, in), x, i, weights);
        largest = Math.max(largest, Tolerance.error(expected.get(i), slopes));
      }
    }
    return largest;
  }

  private NdArray weights(MeasuredOperation operation, List<NdArray> x) {
    return NdArray.normal(4711, operation.result(exact, DType.FLOAT64, x).shape().dims());
  }

  @Test
  @DisplayName("STRICT: one operation, one rounding")
  void strict() {
    double measured = largest(MeasuredOperations.elementwise(64, 33), this::ofResult);
    holds(Tolerance.STRICT, DType.FLOAT32, measured);
    holds(Tolerance.STRICT, DType.FLOAT64, measured * FLOAT64_PER_FLOAT32);
  }

  @Test
  @DisplayName("BALANCED: sums and compositions, up to the sizes of transformers")
  void balanced() {
    double ofSuite = largest(MeasuredOperations.composed(), this::ofResult);
    double ofTransformers = largest(MeasuredOperations.ofTransformers(), this::ofResult);
    double measured = Math.max(ofSuite, ofTransformers);
    holds(Tolerance.BALANCED, DType.FLOAT32, measured);
    holds(Tolerance.BALANCED, DType.FLOAT64, measured * FLOAT64_PER_FLOAT32);
  }

  @Test
  @DisplayName("PERMISSIVE: gradients in FLOAT32")
  void permissive() {
    double measured =
        Math.max(
            largest(MeasuredOperations.elementwise(64, 33), this::ofGradients),
            largest(MeasuredOperations.composed(), this::ofGradients));
    holds(Tolerance.PERMISSIVE, DType.FLOAT32, measured);
  }

  @Test
  @DisplayName("PERMISSIVE: in double it is the error of finite differences that counts")
  void permissiveInDouble() {
    double measured =
        Math.max(
            largest(MeasuredOperations.elementwise(7, 5), this::ofFiniteDifferences),
            largest(MeasuredOperations.composed(), this::ofFiniteDifferences));
    holds(Tolerance.PERMISSIVE, DType.FLOAT64, measured);
  }

  @Test
  @DisplayName("BFLOAT16: a product, a layer, two layers of rounded numbers")
  void bfloat16() {
    double product = 0;
    double one = 0;
    double two = 0;
    for (long seed : SEEDS) {
      NdArray x = NdArray.normal(seed, 15, 33);
      NdArray weight = bfloat16(NdArray.normal(seed + 1, 33, 7));
      NdArray bias = bfloat16(NdArray.normal(seed + 2, 7));
      NdArray second = bfloat16(NdArray.normal(seed + 3, 7, 5));
      NdArray exactProduct = Oracle.matmul(bfloat16(x), weight);
      product = Math.max(product, Tolerance.error(bfloat16(exactProduct), exactProduct));
      NdArray found = bfloat16(Oracle.zip(bfloat16(exactProduct), bias, Double::sum));
      NdArray expected = Oracle.zip(Oracle.matmul(x, weight), bias, Double::sum);
      one = Math.max(one, Tolerance.error(found, expected));
      NdArray foundNext = bfloat16(Oracle.matmul(found, second));
      two = Math.max(two, Tolerance.error(foundNext, Oracle.matmul(expected, second)));
    }
    holds(Tolerance.STRICT, DType.BFLOAT16, product);
    holds(Tolerance.BALANCED, DType.BFLOAT16, one);
    holds(Tolerance.PERMISSIVE, DType.BFLOAT16, two);
  }

  private static NdArray bfloat16(NdArray a) {
    return NdArray.of(a.toHost(DType.BFLOAT16));
  }
}
