package org.pmf4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.Programs;
import org.pmf4j.testkit.Tolerance;
import org.pmf4j.testkit.checking.CheckingBackendFactory;

/** The checks around a backend that calls a body once, with dimensions that it does not know. */
class CheckedGraphTest {
  private static final long SEED = 1936;

  private Backend eager;
  private Backend graph;

  @BeforeEach
  void open() {
    eager = new DjlBackendFactory().open(new BackendOptions("cpu", 1));
    graph = new CheckingBackendFactory(new Factory()).open(new BackendOptions("cpu", 1));
  }

  @AfterEach
  void close() {
    graph.close();
    eager.close();
  }

  private record Factory() implements BackendFactory {
    @Override
    public String name() {
      return "tracing";
    }

    @Override
    public String description() {
      return "traces, then runs on PyTorch";
    }

    @Override
    public Backend open(BackendOptions options) {
      return new TracingBackend(DjlBackendFactory.engine(options));
    }
  }

  private static Named<Tensor> attend(Named<Tensor> in) {
    Tensor x = in.get("x");
    Tensor mask = in.has("mask") ? in.get("mask") : null;
    Tensor y =
        TensorScope.tidy(
            () -> {
              Tensor heads = x.reshape(Tensor.KEEP, Tensor.KEEP, 2, 3).permute(0, 2, 1, 3);
              return Neural.attention(heads, heads, heads, mask, 0.5);
            });
    Tensor joined = y.permute(0, 2, 1, 3).reshape(Tensor.KEEP, Tensor.KEEP, 6);
    return Named.of("y", joined.add(x.filled(1, DType.FLOAT32)))
        .with("mean", y.mean())
        .with("x", x);
  }

  private static Named<HostTensor> inputs(int batch, int length) {
    NdArray x = NdArray.normal(SEED + length, batch, length, 6);
    return Named.of("x", x.toHost(DType.FLOAT32));
  }

  private static HostTensor mask(int batch, int length) {
    boolean[] seen = new boolean[batch * length];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = i % length < 2;
    }
    return HostTensor.of(seen, batch, length);
  }

  @Test
  void aBodyIsTracedOncePerSignatureAndRunsOnAnyShape() {
    AtomicInteger calls = new AtomicInteger();
    try (Program program =
            graph.inference(
                "attend",
                in -> {
                  calls.incrementAndGet();
                  return attend(in);
                });
        Program expected = eager.inference("attend", CheckedGraphTest::attend)) {
      for (int length = 2; length < 6; length++) {
        Named<HostTensor> plain = inputs(3, length);
        Named<HostTensor> masked = plain.with("mask", mask(3, length));
        same(Programs.run(graph, program, plain), Programs.run(eager, expected, plain));
        same(Programs.run(graph, program, masked), Programs.run(eager, expected, masked));
      }
    }
    assertThat(calls).as("once without a mask and once with one").hasValue(2);
  }

  private static void same(Named<HostTensor> actual, Named<HostTensor> expected) {
    assertThat(actual.names()).containsExactlyElementsOf(expected.names());
    expected
        .asMap()
        .forEach(
            (name, e) ->
                Tolerance.BALANCED.assertClose(
                    name + ", seed " + SEED,
                    NdArray.of(actual.get(name)),
                    NdArray.of(e),
                    DType.FLOAT32));
  }

  @Test
  void aCapturedTensorThatIsClosedIsFoundThoughTheBodyIsNotCalledAgain() {
    Tensor weight = graph.tensor(HostTensor.of(new float[] {2}, 1));
    try (Program program = graph.inference("scale", in -> Named.of("y", in.get("x").mul(weight)))) {
      assertThat(Programs.run(graph, program, inputs(1, 2)).get("y").shape().dims())
          .containsExactly(1, 2, 6);
      weight.close();
      assertThatThrownBy(() -> Programs.run(graph, program, inputs(1, 3)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("program 'scale' uses what was closed")
          .hasMessageContaining("tensor FLOAT32 [1], made at CheckedGraphTest.");
    }
  }
}
