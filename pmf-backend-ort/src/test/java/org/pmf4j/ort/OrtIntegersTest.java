package org.pmf4j.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.QuantizedMatrix;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

@DisplayName("Linear layers in integers on ONNX Runtime")
class OrtIntegersTest {
  private static final long SEED = 5;
  private static final int IN = 96;
  private static final int OUT = 80;

  private static Backend backend;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final HostTensor weight = numbers(OUT, IN);
  private final HostTensor bias = numbers(OUT);

  @BeforeAll
  static void open() {
    backend = new OrtBackendFactory().open(new BackendOptions("cpu", 0));
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  private HostTensor numbers(long... dims) {
    float[] values = new float[Math.toIntExact(Shape.of(dims).size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return HostTensor.of(values, dims);
  }

  /** What each use of the weight makes of x, once in integers and once of what they stand for. */
  private float[] run(
      Function<Backend, Tensor> weights, BiFunction<Tensor, Tensor, Tensor> use, HostTensor x) {
    try (Tensor w = weights.apply(backend);
        Tensor in = backend.tensor(x);
        Program program =
            backend.inference("p", inputs -> Named.of("y", use.apply(inputs.get("x"), w)));
        Tensor y = program.run(Named.of("x", in)).get("y")) {
      return backend.read(y).floats();
    }
  }

  private Tensor integers(Backend on) {
    return on.quantized(weight.shape(), deferred(weight));
  }

  private Tensor floats(Backend on) {
    return on.tensor(QuantizedMatrix.of(weight).floats());
  }

  private static Backend.DeferredData deferred(HostTensor data) {
    return new Backend.DeferredData() {
      @Override
      public <T> T with(Function<HostTensor, T> use) {
        return use.apply(data);
      }
    };
  }

  private static double error(float[] found, float[] exact) {
    double off = 0;
    double all = 0;
    for (int i = 0; i < exact.length; i++) {
      off += Math.pow(found[i] - exact[i], 2);
      all += Math.pow(exact[i], 2);
    }
    return Math.sqrt(off / all);
  }

  @Test
  void aLayerIsOffByTheRoundingOfItsInputsAlone() {
    HostTensor x = numbers(3, 7, IN);
    BiFunction<Tensor, Tensor, Tensor> layer =
        (in, w) -> Neural.linear(in, w, backend.tensor(bias));
    float[] found = run(this::integers, layer, x);
    float[] exact = run(this::floats, layer, x);
    // Uniform numbers, rounded to a step of 1/127: sqrt(1/12)/127 of sqrt(1/3) is 0.4 %
    assertThat(error(found, exact)).as("seed %d", SEED).isBetween(1e-4, 8e-3);
  }

  @Test
  void whatElseIsInABatchChangesNothing() {
    HostTensor x = numbers(4, IN);
    float[] large = x.floats();
    for (int i = 0; i < IN; i++) {
      large[i] *= 1e6f;
    }
    BiFunction<Tensor, Tensor, Tensor> layer = (in, w) -> Neural.linear(in, w, null);
    float[] beside = run(this::integers, layer, HostTensor.of(large, 4, IN));
    float[] usual = run(this::integers, layer, x);
    assertThat(Arrays.copyOfRange(beside, OUT, 4 * OUT))
        .containsExactly(Arrays.copyOfRange(usual, OUT, 4 * OUT));
  }

  @Test
  void aVectorOfZerosGivesTheBias() {
    float[] found =
        run(
            this::integers,
            (in, w) -> Neural.linear(in, w, backend.tensor(bias)),
            HostTensor.zeros(Shape.of(2, IN)));
    assertThat(Arrays.copyOf(found, OUT)).containsExactly(bias.floats());
  }

  @Test
  void partsOfALayerAreInIntegersToo() {
    HostTensor x = numbers(5, IN);
    float[] part = run(this::integers, (in, w) -> Neural.linear(in, w.slice(0, 16, 48), null), x);
    float[] whole = run(this::integers, (in, w) -> Neural.linear(in, w, null).slice(1, 16, 48), x);
    assertThat(part).containsExactly(whole);
  }

  @Test
  void otherOperationsGetWhatTheIntegersStandFor() {
    HostTensor x = numbers(OUT, IN);
    BiFunction<Tensor, Tensor, Tensor> sum = (in, w) -> in.add(w).mul(2);
    assertThat(run(this::integers, sum, x)).containsExactly(run(this::floats, sum, x));
    try (Tensor w = integers(backend);
        Tensor in = backend.tensor(x);
        Program program = backend.inference("p", i -> Named.of("y", i.get("x").sub(i.get("w"))));
        Tensor y = program.run(Named.of("x", in).with("w", w)).get("y")) {
      float[] expected = x.floats();
      float[] minus = QuantizedMatrix.of(weight).floats().floats();
      for (int i = 0; i < expected.length; i++) {
        expected[i] -= minus[i];
      }
      assertThat(backend.read(y).floats()).containsExactly(expected, within(0f));
      assertThat(backend.read(w).floats()).containsExactly(minus);
    }
  }

  @Test
  void onlyMatricesAreTaken() {
    assertThatThrownBy(() -> backend.quantized(Shape.of(4), deferred(numbers(4))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[out, in]");
  }
}
