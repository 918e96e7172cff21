package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.AdamW;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.NdArray;

/** Steps of AdamW against their formula, worked out in double precision. */
abstract class AdamWTests extends BackendTests {
  private static final long SEED = 21;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.98;
  private static final double EPSILON = 1e-8;
  private static final double RATE = 0.01;
  private static final double SCALE = 0.5;

  /** Some operations in single precision on numbers around 1; a step moves them by 0.01. */
  private static final Offset<Double> ROUNDING = Offset.offset(2e-6);

  private final List<Parameter> open = new ArrayList<>();
  private Variable matrix;
  private Variable vector;

  AdamWTests(BackendConformance subject) {
    super(subject);
  }

  /** A parameter, and beside it what its numbers should be. */
  private record Variable(
      Parameter value, Parameter first, Parameter second, double[] w, double[] m, double[] v) {

    void expect(float[] gradient, double decay, int number) {
      for (int i = 0; i < w.length; i++) {
        double g = gradient[i] * SCALE;
        m[i] = BETA1 * m[i] + (1 - BETA1) * g;
        v[i] = BETA2 * v[i] + (1 - BETA2) * g * g;
        double first = m[i] / (1 - Math.pow(BETA1, number));
        double second = v[i] / (1 - Math.pow(BETA2, number));
        w[i] = (1 - RATE * decay) * w[i] - RATE * first / (Math.sqrt(second) + EPSILON);
      }
    }
  }

  @BeforeEach
  void makeParameters() {
    assumeCan(Capability.TRAINING);
    matrix = variable("matrix", 5, 7);
    vector = variable("vector", 3);
  }

  @AfterEach
  void closeParameters() {
    open.forEach(Parameter::close);
  }

  private Variable variable(String name, long... dims) {
    NdArray start = NdArray.normal(SEED + open.size(), dims);
    int n = Math.toIntExact(start.toHost(DType.FLOAT32).shape().size());
    double[] w = new double[n];
    float[] values = start.toHost(DType.FLOAT32).floats();
    for (int i = 0; i < n; i++) {
      w[i] = values[i];
    }
    Parameter value = parameter(name, start.toHost(DType.FLOAT32));
    HostTensor zeros = start.map(x -> 0.0).toHost(DType.FLOAT32);
    return new Variable(
        value,
        parameter(name + ".first", zeros),
        parameter(name + ".second", zeros),
        w,
        new double[n],
        new double[n]);
  }

  private Parameter parameter(String name, HostTensor value) {
    Parameter p = backend().parameter(name, value);
    open.add(p);
    return p;
  }

  private static HostTensor gradient(Variable of, int number, int salt) {
    long[] dims = of.value().shape().dims();
    return NdArray.normal(SEED + 100L * number + salt, dims).toHost(DType.FLOAT32);
  }

  private Program step(double decay, List<Variable> variables) {
    return backend()
        .training(
            "adamw",
            (in, tape) -> {
              List<AdamW.Slot> slots = new ArrayList<>();
              for (int i = 0; i < variables.size(); i++) {
                Variable v = variables.get(i);
                slots.add(new AdamW.Slot(v.value(), v.first(), v.second(), in.get("g" + i)));
              }
              tape.adamW(
                  new AdamW(
                      BETA1,
                      BETA2,
                      EPSILON,
                      decay,
                      in.get("number"),
                      in.get("rate"),
                      in.get("scale"),
                      in.get("first"),
                      in.get("second")),
                  slots);
              return Named.none();
            });
  }

  private void run(Program step, int number, HostTensor... gradients) {
    Named<HostTensor> in =
        Named.of("number", scalar(number))
            .with("rate", scalar(RATE))
            .with("scale", scalar(SCALE))
            .with("first", scalar(1 - Math.pow(BETA1, number)))
            .with("second", scalar(1 - Math.pow(BETA2, number)));
    for (int i = 0; i < gradients.length; i++) {
      in = in.with("g" + i, gradients[i]);
    }
    Named<Tensor> placed = in.map(backend()::tensor);
    try {
      step.run(placed);
    } finally {
      placed.asMap().values().forEach(Tensor::close);
    }
  }

  private static HostTensor scalar(double x) {
    return HostTensor.of(new float[] {(float) x}, 1);
  }

  private void assertAsExpected(Variable v) {
    assertClose(v.value(), v.w());
    assertClose(v.first(), v.m());
    assertClose(v.second(), v.v());
  }

  private void assertClose(Parameter p, double[] expected) {
    float[] found = backend().read(p.value()).floats();
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i])
          .as("%s[%d], seed %d", p.name(), i, SEED)
          .isCloseTo(expected[i], ROUNDING);
    }
  }

  @Test
  @DisplayName("follow the formula, for several parameters at once and step after step")
  void severalSteps() {
    try (Program step = step(0.1, List.of(matrix, vector))) {
      for (int number = 1; number <= 5; number++) {
        HostTensor g0 = gradient(matrix, number, 0);
        HostTensor g1 = gradient(vector, number, 1);
        run(step, number, g0, g1);
        matrix.expect(g0.floats(), 0.1, number);
        vector.expect(g1.floats(), 0.1, number);
        assertAsExpected(matrix);
        assertAsExpected(vector);
      }
    }
  }

  @Test
  @DisplayName("leave a parameter's size alone where nothing decays")
  void withoutDecay() {
    try (Program step = step(0, List.of(vector))) {
      HostTensor none = HostTensor.of(new float[3], 3);
      run(step, 1, none);
      assertThat(backend().read(vector.value().value()).floats())
          .containsExactly((float) vector.w()[0], (float) vector.w()[1], (float) vector.w()[2]);
    }
  }

  @Test
  @DisplayName("leave what other parameters are, and the gradients that they were given")
  void othersStay() {
    float[] before = backend().read(matrix.value().value()).floats();
    try (Program step = step(0.1, List.of(vector));
        Tensor g = backend().tensor(gradient(vector, 1, 1))) {
      run(step, 1, gradient(vector, 1, 1));
      assertThat(backend().read(g).floats()).isEqualTo(gradient(vector, 1, 1).floats());
    }
    assertThat(backend().read(matrix.value().value()).floats()).isEqualTo(before);
  }

  @Test
  @DisplayName("refuse a gradient of another shape")
  void misfit() {
    try (Program step = step(0, List.of(vector))) {
      assertThatThrownBy(() -> run(step, 1, gradient(matrix, 1, 0)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertAsExpected(vector);
  }
}
