package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.Programs;
import org.pmf4j.testkit.Tolerance;

/** The operations of transformers but attention. */
abstract class NeuralTests extends BackendTests {
  private static final long SEED = 1943;
  private static final double TANH_SCALE = Math.sqrt(2 / Math.PI);

  NeuralTests(BackendConformance subject) {
    super(subject);
  }

  /** Shapes of one dimension to four: some engines' gradients hold for two alone. */
  private static final long[][] EVERY_RANK = {{5}, {3, 7}, {2, 3, 5}, {2, 2, 3, 4}};

  @Test
  void softmaxAlongEveryAxis() {
    for (long[] dims : EVERY_RANK) {
      for (int i = 0; i < dims.length; i++) {
        int axis = i;
        check("softmax over axis " + axis, dims)
            .matches((x, c) -> Neural.softmax(x.get(0), axis), x -> Oracle.softmax(x.get(0), axis));
      }
    }
  }

  @Test
  void logSoftmaxAlongEveryAxis() {
    for (long[] dims : EVERY_RANK) {
      for (int i = 0; i < dims.length; i++) {
        int axis = i;
        check("logSoftmax over axis " + axis, dims)
            .matches(
                (x, c) -> Neural.logSoftmax(x.get(0), axis),
                x -> Oracle.softmax(x.get(0), axis).map(Math::log));
      }
    }
  }

  @Test
  void softmaxOfLargeNumbersDoesNotOverflow() {
    HostTensor large = HostTensor.of(new float[] {10_000, 10_000, -10_000}, 3);
    Named<HostTensor> out =
        Programs.evaluate(
            backend(),
            Named.of("x", large),
            in ->
                Named.of("softmax", Neural.softmax(in.get("x"), 0))
                    .with("log", Neural.logSoftmax(in.get("x"), 0).slice(0, 0, 2)));
    assertThat(out.get("softmax").floats()).containsExactly(0.5f, 0.5f, 0);
    assertThat(out.get("log").floats()).containsOnly((float) -Math.log(2));
  }

  @Test
  void layerNormOfEveryRank() {
    for (long[] dims : EVERY_RANK) {
      for (double epsilon : new double[] {1e-12, 1e-5}) {
        long d = dims[dims.length - 1];
        OperationCheck.of(
                backend(),
                "layerNorm with epsilon " + epsilon + ", seed " + SEED,
                NdArray.normal(SEED, dims),
                NdArray.normal(SEED + 1, d),
                NdArray.normal(SEED + 2, d))
            .within(Tolerance.BALANCED)
            .matches(
                (x, c) -> Neural.layerNorm(x.get(0), x.get(1), x.get(2), epsilon),
                x -> Oracle.layerNorm(x.get(0), x.get(1), x.get(2), epsilon));
      }
    }
  }

  @Test
  void layerNormOfARowWithoutVarianceIsItsShift() {
    Named<HostTensor> in =
        Named.of("x", HostTensor.of(new float[] {3, 3, 3}, 1, 3))
            .with("scale", HostTensor.of(new float[] {2, 2, 2}, 3))
            .with("shift", HostTensor.of(new float[] {1, 2, 3}, 3));
    Named<HostTensor> out =
        Programs.evaluate(
            backend(),
            in,
            t -> Named.of("y", Neural.layerNorm(t.get("x"), t.get("scale"), t.get("shift"), 1e-5)));
    assertThat(out.get("y").floats()).containsExactly(1, 2, 3);
  }

  @Test
  void gelu() {
    check("gelu", 3, 11)
        .matches(
            (x, c) -> Neural.gelu(x.get(0)),
            x -> x.get(0).map(v -> v * (1 + Oracle.erf(v * Math.sqrt(0.5))) / 2));
  }

  @Test
  void geluTanh() {
    check("geluTanh", 3, 11)
        .matches(
            (x, c) -> Neural.geluTanh(x.get(0)),
            x ->
                x.get(0)
                    .map(v -> v * (1 + Math.tanh(TANH_SCALE * (v + 0.044715 * v * v * v))) / 2));
  }

  @Test
  void softplus() {
    check("softplus", 3, 11)
        .matches(
            (x, c) -> Neural.softplus(x.get(0)), x -> x.get(0).map(v -> Math.log1p(Math.exp(v))));
  }

  @Test
  void softplusOfLargeNumbersDoesNotOverflow() {
    HostTensor out =
        Programs.evaluate(
                backend(),
                Named.of("x", HostTensor.of(new float[] {1000, -1000}, 2)),
                in -> Named.of("y", Neural.softplus(in.get("x"))))
            .get("y");
    assertThat(out.floats()).containsExactly(1000, 0);
  }

  @Test
  void gatherWithRepeatedIndices() {
    long[] indices = {4, 0, 4, 2, 4, 1};
    OperationCheck.of(backend(), "gather, seed " + SEED, NdArray.normal(SEED, 5, 3))
        .given("indices", HostTensor.of(indices, 2, 3))
        .matches(
            (x, c) -> Neural.gather(x.get(0), c.get("indices")),
            x ->
                NdArray.generate(
                    Shape.of(2, 3, 3), i -> x.get(0).at(indices[(int) (i[0] * 3 + i[1])], i[2])));
  }

  /** Where there are no elements some engines' gradients fail. */
  @Test
  void gatherOfRowsWithoutElementsAndOfNoRows() {
    assumeCan(Capability.TRAINING);
    for (long width : new long[] {0, 3}) {
      for (long[] indices : new long[][] {{}, {1, 1}}) {
        HostTensor zeros = HostTensor.of(new float[(int) (4 * width)], 4, width);
        try (Parameter table = backend().parameter("table", zeros)) {
          HostTensor gradient =
              Programs.train(
                      backend(),
                      Named.of("indices", HostTensor.of(indices, indices.length)),
                      (in, tape) -> {
                        Tensor rows = Neural.gather(table.value(), in.get("indices"));
                        Tensor loss = rows.sum().add(table.value().sum());
                        return Named.of("g", tape.gradients(loss, List.of(table)).get(0));
                      })
                  .get("g");
          assertThat(gradient.shape()).isEqualTo(Shape.of(4, width));
        }
      }
    }
  }

  private OperationCheck check(String name, long... dims) {
    return OperationCheck.of(backend(), name + ", seed " + SEED, NdArray.normal(SEED, dims))
        .within(Tolerance.BALANCED);
  }
}
