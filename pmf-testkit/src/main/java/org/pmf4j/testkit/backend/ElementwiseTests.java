package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.Programs;
import org.pmf4j.testkit.Tolerance;

/** Element-by-element operations. */
abstract class ElementwiseTests extends BackendTests {
  private static final long SEED = 20230618;

  private static final long[][] SHAPES = {{}, {1}, {7}, {3, 5}, {2, 1, 33}};

  private static final long[][][] PAIRS = {
    {{}, {}},
    {{5}, {5}},
    {{2, 3}, {3}},
    {{3}, {2, 3}},
    {{2, 1, 3}, {4, 1}},
    {{7, 1}, {1, 5}},
    {{1}, {3, 2}},
    {{}, {2, 2}}
  };

  ElementwiseTests(BackendConformance subject) {
    super(subject);
  }

  @Test
  void add() {
    binary("add", Tensor::add, Double::sum);
  }

  @Test
  void sub() {
    binary("sub", Tensor::sub, (a, b) -> a - b);
  }

  @Test
  void mul() {
    binary("mul", Tensor::mul, (a, b) -> a * b);
  }

  @Test
  void div() {
    for (long[][] shapes : PAIRS) {
      check("div", NdArray.normal(SEED, shapes[0]), awayFromZero(SEED + 1, shapes[1]))
          .matches(
              (x, c) -> x.get(0).div(x.get(1)),
              x -> Oracle.zip(x.get(0), x.get(1), (a, b) -> a / b));
    }
  }

  @Test
  void maximum() {
    binary("maximum", Tensor::maximum, Math::max);
  }

  @Test
  void addScalar() {
    unary("add 1.1", x -> x.add(1.1), x -> x + 1.1);
  }

  @Test
  void mulScalar() {
    unary("mul -0.7", x -> x.mul(-0.7), x -> x * -0.7);
  }

  @Test
  void neg() {
    unary("neg", Tensor::neg, x -> -x);
  }

  @Test
  void square() {
    unary("square", Tensor::square, x -> x * x);
  }

  @Test
  void exp() {
    unary("exp", Tensor::exp, Math::exp);
  }

  @Test
  void log() {
    positive("log", Tensor::log, Math::log);
  }

  @Test
  void sqrt() {
    positive("sqrt", Tensor::sqrt, Math::sqrt);
  }

  @Test
  void abs() {
    unary("abs", Tensor::abs, Math::abs);
  }

  @Test
  void tanh() {
    unary("tanh", Tensor::tanh, Math::tanh);
  }

  @Test
  void erf() {
    unary("erf", Tensor::erf, Oracle::erf);
  }

  @Test
  void sigmoid() {
    unary("sigmoid", Tensor::sigmoid, x -> 1 / (1 + Math.exp(-x)));
  }

  @Test
  void relu() {
    unary("relu", Tensor::relu, x -> Math.max(x, 0));
  }

  @Test
  void gradientsOfAbsAndReluAtZeroAreZero() {
    assumeCan(Capability.TRAINING);
    try (var p = backend().parameter("p", HostTensor.of(new float[] {0, 0}, 2))) {
      for (UnaryOperator<Tensor> f :
          java.util.List.<UnaryOperator<Tensor>>of(Tensor::abs, Tensor::relu)) {
        HostTensor gradient =
            Programs.train(
                    backend(),
                    Named.none(),
                    (in, tape) ->
                        Named.of(
                            "g",
                            tape.gradients(f.apply(p.value()).sum(), java.util.List.of(p)).get(0)))
                .get("g");
        assertThat(gradient.floats()).containsExactly(0, 0);
      }
    }
  }

  @Test
  void greaterThan() {
    HostTensor a = HostTensor.of(new float[] {1, 2, 3, Float.NaN}, 4);
    HostTensor b = HostTensor.of(new float[] {2, 2, 2, 2}, 4);
    HostTensor result =
        Programs.evaluate(
                backend(),
                Named.of("a", a).with("b", b),
                in -> Named.of("result", in.get("a").greaterThan(in.get("b"))))
            .get("result");
    assertThat(result.dtype()).isEqualTo(DType.BOOL);
    assertThat(result.booleans()).containsExactly(false, false, true, false);
  }

  @Test
  void selectWithBroadcasting() {
    boolean[] condition = {true, false, true};
    check("select", NdArray.normal(SEED, 2, 3), NdArray.normal(SEED + 1, 1))
        .given("condition", HostTensor.of(condition, 3))
        .matches(
            (x, c) -> c.get("condition").select(x.get(0), x.get(1)),
            x ->
                NdArray.generate(
                    x.get(0).shape(),
                    i -> condition[(int) i[1]] ? x.get(0).at(i) : x.get(1).at(i)));
  }

  @Test
  void castFromBoolAndIntegers() {
    Named<HostTensor> in =
        Named.of("bool", HostTensor.of(new boolean[] {true, false}, 2))
            .with("long", HostTensor.of(new long[] {-3, 16_777_217}, 2));
    Named<HostTensor> out =
        Programs.evaluate(backend(), in, x -> x.map(t -> t.cast(DType.FLOAT32)));
    assertThat(out.get("bool").floats()).containsExactly(1, 0);
    assertThat(out.get("long").floats()).containsExactly(-3, 16_777_216);
  }

  @Test
  void castBetweenFloatingTypesCarriesTheGradient() {
    assumeCan(Capability.FLOAT64);
    check("cast there and back", NdArray.normal(SEED, 3, 2))
        .within(Tolerance.BALANCED)
        .throughFloat32()
        .matches(
            (x, c) -> {
              Tensor t = x.get(0).square();
              DType other = t.dtype() == DType.FLOAT32 ? DType.FLOAT64 : DType.FLOAT32;
              return t.cast(other).exp().cast(t.dtype());
            },
            x -> x.get(0).map(v -> Math.exp(v * v)));
  }

  private void binary(String name, BinaryOperator<Tensor> operation, DoubleBinaryOperator oracle) {
    for (long[][] shapes : PAIRS) {
      check(name, NdArray.normal(SEED, shapes[0]), NdArray.normal(SEED + 1, shapes[1]))
          .matches(
              (x, c) -> operation.apply(x.get(0), x.get(1)),
              x -> Oracle.zip(x.get(0), x.get(1), oracle));
    }
  }

  private void unary(String name, UnaryOperator<Tensor> operation, DoubleUnaryOperator oracle) {
    for (long[] shape : SHAPES) {
      unary(name, NdArray.normal(SEED, shape), operation, oracle);
    }
  }

  private void positive(String name, UnaryOperator<Tensor> operation, DoubleUnaryOperator oracle) {
    for (long[] shape : SHAPES) {
      unary(name, awayFromZero(SEED, shape), operation, oracle);
    }
  }

  private void unary(
      String name, NdArray x, UnaryOperator<Tensor> operation, DoubleUnaryOperator oracle) {
    check(name, x).matches((in, c) -> operation.apply(in.get(0)), in -> in.get(0).map(oracle));
  }

  private OperationCheck check(String name, NdArray... inputs) {
    return OperationCheck.of(backend(), name + ", seed " + SEED, inputs);
  }

  /** Positive numbers from 0.25 on, where divisions and roots are well conditioned. */
  private static NdArray awayFromZero(long seed, long... dims) {
    return NdArray.normal(seed, dims).map(x -> (float) (Math.abs(x) + 0.25));
  }
}
