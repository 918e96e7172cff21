package org.pmf4j.api.backend.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/** What the conformance suite cannot see from outside. */
@DisplayName("A backend over an engine")
class EngineBackendTest {
  private static final HostTensor ONE = HostTensor.of(new float[] {1}, 1);
  private static final HostTensor DOUBLE = HostTensor.of(new double[] {1}, 1);

  private final List<String> log = new ArrayList<>();

  private class Eager extends NamesEngine implements EagerEngine<String> {
    Eager() {
      super(log);
    }

    @Override
    public <T> T training(Function<EngineTape<String>, T> body) {
      throw new AssertionError("TRAINING is not declared");
    }

    @Override
    public String output(String value) {
      return "output " + value;
    }
  }

  private class Graph extends NamesEngine implements GraphEngine<String> {
    Graph() {
      super(log);
    }

    @Override
    public Graphs<String> program(Body<String> body) {
      return new Graphs<>() {
        @Override
        public Named<TypedValue<String>> run(Named<TypedValue<String>> inputs) {
          return body.trace(
              inputs.map(v -> new TypedValue<>("symbol", v.shape(), v.dtype())), null);
        }

        @Override
        public void close() {
          log.add("close graphs");
        }
      };
    }
  }

  @Test
  @DisplayName("refuses what the engine does not declare, without asking it")
  void undeclared() {
    try (Backend backend = EngineBackend.of(new Eager())) {
      assertThatThrownBy(() -> backend.training("t", (in, tape) -> in))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("TRAINING");
      assertThatThrownBy(() -> backend.tensor(DOUBLE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("FLOAT64");
      assertThatThrownBy(() -> backend.parameter("p", DOUBLE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("FLOAT64");
      assertThatThrownBy(() -> backend.deferred(Shape.of(1), DType.BFLOAT16, null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("BFLOAT16");
      assertThat(log).isEmpty();
    }
  }

  @Test
  @DisplayName("hands masks to the engine in bytes of 0 and 1")
  void masks() {
    AtomicReference<HostTensor> given = new AtomicReference<>();
    Eager engine =
        new Eager() {
          @Override
          public String put(HostTensor data) {
            given.set(data);
            return super.put(data);
          }
        };
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {0, 1, -3});
    try (Backend backend = EngineBackend.of(engine);
        Tensor mask = backend.tensor(new HostTensor(Shape.of(3), DType.BOOL, bytes))) {
      assertThat(mask.dtype()).isEqualTo(DType.BOOL);
      assertThat(given.get().data()).isEqualTo(ByteBuffer.wrap(new byte[] {0, 1, 1}));
    }
  }

  @Test
  @DisplayName("releases the outputs that it has made when another one fails")
  void outputsOfAFailure() {
    try (Backend backend = EngineBackend.of(new Eager());
        Tensor x = backend.tensor(ONE);
        Program program =
            backend.inference(
                "half",
                in -> {
                  Tensor closed = in.get("x").mul(2);
                  closed.close();
                  log.clear();
                  return Named.of("first", in.get("x")).with("second", closed);
                })) {
      assertThatThrownBy(() -> program.run(Named.of("x", x)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("use after close");
      assertThat(log).containsExactly("release output data");
    }
  }

  @Test
  @DisplayName("tells the engine's failures in the engine's words, with what was computed")
  void failures() {
    RuntimeException own = new UnsupportedOperationException("own");
    Eager engine =
        new Eager() {
          @Override
          public String put(HostTensor data) {
            throw own;
          }

          @Override
          public RuntimeException failure(String where, RuntimeException thrown) {
            return thrown == own ? new IllegalStateException(where + " failed") : thrown;
          }
        };
    try (Backend backend = EngineBackend.of(engine)) {
      assertThatThrownBy(() -> backend.tensor(ONE)).hasMessage("a tensor FLOAT32 [1] failed");
    }
  }

  @Test
  @DisplayName("frees graphs once, with their program or with the backend, and the engine last")
  void graphs() {
    Backend backend = EngineBackend.of(new Graph());
    Program closed = backend.inference("closed", in -> in);
    Program left = backend.inference("left", in -> in);
    closed.close();
    assertThat(log).containsExactly("close graphs");
    backend.close();
    assertThat(log).containsExactly("close graphs", "close graphs", "close engine");
    left.close();
    closed.close();
    backend.close();
    assertThat(log).hasSize(3);
  }

  @Test
  @DisplayName("closed inside a run, frees graphs and engine when the run has ended")
  void closedInside() {
    Backend backend = EngineBackend.of(new Graph());
    AtomicReference<Program> program = new AtomicReference<>();
    program.set(
        backend.inference(
            "closes",
            in -> {
              program.get().close();
              backend.close();
              assertThat(log).doesNotContain("close graphs", "close engine");
              return in;
            }));
    program.get().run(Named.none());
    assertThat(log).containsExactly("close graphs", "close engine");
  }

  @Test
  @DisplayName("refuses a symbol after its trace, without asking the engine")
  void symbols() {
    AtomicReference<Tensor> kept = new AtomicReference<>();
    try (Backend backend = EngineBackend.of(new Graph());
        Tensor x = backend.tensor(ONE);
        Program program =
            backend.inference(
                "keeps",
                in -> {
                  kept.set(in.get("x"));
                  return Named.none();
                })) {
      program.run(Named.of("x", x));
      assertThatThrownBy(() -> backend.read(kept.get()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("use after close");
      assertThat(log).doesNotContain("read symbol");
    }
  }
}
