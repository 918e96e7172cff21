package org.pmf4j.testkit.backend;

import org.junit.jupiter.api.Test;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.Tolerance;

/** Matrix products. */
abstract class MatrixTests extends BackendTests {
  private static final long SEED = 1858;

  MatrixTests(BackendConformance subject) {
    super(subject);
  }

  @Test
  void matmul() {
    product(new long[] {3, 5}, new long[] {5, 2});
  }

  @Test
  void matmulWithSizeOneDimensions() {
    product(new long[] {1, 7}, new long[] {7, 1});
    product(new long[] {4, 1}, new long[] {1, 3});
  }

  @Test
  void matmulOfStacks() {
    product(new long[] {2, 3, 4, 5}, new long[] {2, 3, 5, 1});
  }

  @Test
  void matmulBroadcastsTheLeadingDimensions() {
    product(new long[] {2, 1, 3, 4}, new long[] {5, 4, 2});
    product(new long[] {3, 4}, new long[] {2, 4, 3});
  }

  @Test
  void matmulOfATransposedView() {
    check("matmul of a transposed view", new long[] {2, 5, 3}, new long[] {2, 5, 4})
        .matches(
            (x, c) -> x.get(0).transpose().matmul(x.get(1)),
            x -> Oracle.matmul(Oracle.permute(x.get(0), 0, 2, 1), x.get(1)));
  }

  @Test
  void linear() {
    check("linear", new long[] {2, 3, 5}, new long[] {4, 5}, new long[] {4})
        .matches(
            (x, c) -> Neural.linear(x.get(0), x.get(1), x.get(2)),
            x ->
                Oracle.zip(
                    Oracle.matmul(x.get(0), Oracle.permute(x.get(1), 1, 0)),
                    x.get(2),
                    Double::sum));
  }

  @Test
  void linearOfOneRow() {
    check("linear of a vector", new long[] {5}, new long[] {3, 5}, new long[] {3})
        .matches(
            (x, c) -> Neural.linear(x.get(0), x.get(1), x.get(2)),
            x -> {
              NdArray row = NdArray.of(x.get(0).values(), 1, 5);
              NdArray y = Oracle.matmul(row, Oracle.permute(x.get(1), 1, 0));
              return NdArray.of(Oracle.zip(y, x.get(2), Double::sum).values(), 3);
            });
  }

  @Test
  void linearWithoutBias() {
    check("linear without bias", new long[] {6, 1}, new long[] {2, 1})
        .matches(
            (x, c) -> Neural.linear(x.get(0), x.get(1), null),
            x -> Oracle.matmul(x.get(0), Oracle.permute(x.get(1), 1, 0)));
  }

  private void product(long[] a, long[] b) {
    check("matmul", a, b)
        .matches((x, c) -> x.get(0).matmul(x.get(1)), x -> Oracle.matmul(x.get(0), x.get(1)));
  }

  private OperationCheck check(String name, long[]... shapes) {
    NdArray[] inputs = new NdArray[shapes.length];
    for (int i = 0; i < shapes.length; i++) {
      inputs[i] = NdArray.normal(SEED + i, shapes[i]);
    }
    return OperationCheck.of(backend(), name + ", seed " + SEED, inputs).within(Tolerance.BALANCED);
  }
}
