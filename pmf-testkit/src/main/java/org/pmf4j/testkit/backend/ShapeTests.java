package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.Programs;

/** Operations that move elements. */
abstract class ShapeTests extends BackendTests {
  private static final long SEED = 1861;

  ShapeTests(BackendConformance subject) {
    super(subject);
  }

  @Test
  void reshapeWithKeptAndInferredDimensions() {
    check("reshape", 2, 3, 4)
        .matches(
            (x, c) -> x.get(0).reshape(Tensor.KEEP, Tensor.INFER, 2),
            x -> NdArray.of(x.get(0).values(), 2, 6, 2));
  }

  @Test
  void reshapeToAndFromAScalar() {
    check("reshape to a scalar", 1, 1)
        .matches((x, c) -> x.get(0).reshape(), x -> NdArray.of(x.get(0).values()));
    check("reshape from a scalar")
        .matches((x, c) -> x.get(0).reshape(1, 1), x -> NdArray.of(x.get(0).values(), 1, 1));
  }

  @Test
  void reshapeOfAPermutedTensorIsRowMajor() {
    check("permute, then reshape", 2, 3)
        .matches(
            (x, c) -> x.get(0).permute(1, 0).reshape(6),
            x -> NdArray.of(Oracle.permute(x.get(0), 1, 0).values(), 6));
  }

  @Test
  void permute() {
    check("permute", 2, 3, 1, 5)
        .matches(
            (x, c) -> x.get(0).permute(0, -2, 1, -1), x -> Oracle.permute(x.get(0), 0, 2, 1, 3));
  }

  @Test
  void transpose() {
    check("transpose", 2, 3, 5)
        .matches((x, c) -> x.get(0).transpose(), x -> Oracle.permute(x.get(0), 0, 2, 1));
  }

  @Test
  void slice() {
    check("slice", 4, 7)
        .matches((x, c) -> x.get(0).slice(1, 2, 5), x -> Oracle.slice(x.get(0), 1, 2, 5));
    check("slice to the end of a negative axis", 4, 7, 2)
        .matches((x, c) -> x.get(0).slice(-2, 3, -1), x -> Oracle.slice(x.get(0), -2, 3, 7));
    check("slice of everything", 3)
        .matches((x, c) -> x.get(0).slice(0, 0, 3), x -> Oracle.slice(x.get(0), 0, 0, 3));
  }

  @Test
  void everyPlaceOfAStep() {
    for (int n = 1; n < 8; n++) {
      check("every third of " + n, 2, n, 4)
          .matches((x, c) -> x.get(0).every(-2, 3), x -> everyThird(x.get(0)));
    }
    check("every one", 3, 5).matches((x, c) -> x.get(0).every(1, 1), x -> x.get(0));
  }

  private static NdArray everyThird(NdArray x) {
    Shape shape = x.shape().with(1, (x.shape().dim(1) + 2) / 3);
    return NdArray.generate(shape, i -> x.at(i[0], 3 * i[1], i[2]));
  }

  @Test
  void concat() {
    NdArray a = NdArray.normal(SEED, 2, 3, 2);
    NdArray b = NdArray.normal(SEED + 1, 2, 1, 2);
    NdArray c = NdArray.normal(SEED + 2, 2, 4, 2);
    OperationCheck.of(backend(), "concat, seed " + SEED, a, b, c)
        .matches(
            (x, k) -> Tensor.concat(-2, x), x -> Oracle.concat(1, x.get(0), x.get(1), x.get(2)));
    OperationCheck.of(backend(), "concat of one, seed " + SEED, a)
        .matches((x, k) -> Tensor.concat(0, x.get(0)), x -> x.get(0));
    OperationCheck.of(backend(), "concat with itself, seed " + SEED, a)
        .matches(
            (x, k) -> Tensor.concat(0, x.get(0), x.get(0)),
            x -> Oracle.concat(0, x.get(0), x.get(0)));
  }

  @Test
  void concatOfMasks() {
    HostTensor a = HostTensor.of(new boolean[] {true, false}, 1, 2);
    HostTensor b = HostTensor.of(new boolean[] {true}, 1, 1);
    Named<HostTensor> out =
        Programs.evaluate(
            backend(),
            Named.of("a", a).with("b", b),
            in -> Named.of("c", Tensor.concat(1, in.get("a"), in.get("b"))));
    assertThat(out.get("c").booleans()).containsExactly(true, false, true);
  }

  @Test
  void repeatForABatch() {
    NdArray batch = NdArray.normal(SEED, 3, 2);
    check("repeatFor", 1, 2, 4)
        .given("batch", batch.toHost(DType.FLOAT32))
        .matches(
            (x, c) -> x.get(0).repeatFor(c.get("batch")),
            x -> Oracle.concat(0, x.get(0), x.get(0), x.get(0)));
  }

  @Test
  void repeatForABatchOfOneChangesNothing() {
    check("repeatFor one", 1, 3)
        .given("batch", NdArray.normal(SEED, 1).toHost(DType.FLOAT32))
        .matches((x, c) -> x.get(0).repeatFor(c.get("batch")), x -> x.get(0));
  }

  @Test
  void filled() {
    Named<HostTensor> out =
        Programs.evaluate(
            backend(),
            Named.of("like", HostTensor.of(new long[] {4, 5}, 2, 1)),
            in ->
                Named.of("float", in.get("like").filled(0.1, DType.FLOAT32))
                    .with("long", in.get("like").filled(-3, DType.INT64))
                    .with("true", in.get("like").filled(0.5, DType.BOOL))
                    .with("false", in.get("like").filled(0, DType.BOOL)));
    assertThat(out.get("float")).hasToString("FLOAT32 [2, 1]");
    assertThat(out.get("float").floats()).containsExactly(0.1f, 0.1f);
    assertThat(out.get("long").longs()).containsExactly(-3, -3);
    assertThat(out.get("true").booleans()).containsExactly(true, true);
    assertThat(out.get("false").booleans()).containsExactly(false, false);
  }

  private OperationCheck check(String name, long... dims) {
    return OperationCheck.of(backend(), name + ", seed " + SEED, NdArray.normal(SEED, dims));
  }
}
