package org.pmf4j.tf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.Programs;

/** When a program is traced, and with which dimensions open. */
class TracingTest {
  private final List<String> traced = new ArrayList<>();
  private Backend backend;

  @BeforeEach
  void open() {
    backend = new TfBackendFactory().open(BackendOptions.DEFAULT);
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private Named<Tensor> twice(Named<Tensor> in) {
    traced.add(in.get("x").shape().toString());
    return Named.of("y", in.get("x").mul(2));
  }

  private HostTensor run(Program program, long... dims) {
    HostTensor x = NdArray.normal(1, dims).toHost(DType.FLOAT32);
    return Programs.run(backend, program, Named.of("x", x)).get("y");
  }

  @Test
  void newShapesAreCheckedAndOneGraphServesThemAll() {
    try (Program program = backend.inference("double", this::twice)) {
      run(program, 2, 3, 4);
      run(program, 5, 7, 4);
      run(program, 5, 7, 4);
      assertThat(traced).containsExactly("[2, 3, 4]", "[?, ?, 4]", "[5, 7, 4]");
    }
  }

  @Test
  void sizesOfOneAndChannelsStayKnown() {
    try (Program program = backend.inference("double", this::twice)) {
      run(program, 1, 6, 4);
      run(program, 2, 3, 8, 8);
      assertThat(traced).containsExactly("[1, 6, 4]", "[1, ?, 4]", "[2, 3, 8, 8]", "[?, 3, 8, 8]");
    }
  }

  @Test
  void listsOfAnyLengthShareAGraph() {
    try (Program program = backend.inference("double", this::twice)) {
      for (int n = 2; n < 40; n++) {
        run(program, n);
      }
      assertThat(traced).filteredOn("[?]"::equals).hasSize(1);
      assertThat(traced).hasSize(39);
    }
  }

  @Test
  void aBodyThatAsksForALengthIsTracedAgainWithTheLengthKnown() {
    try (Program program =
        backend.inference(
            "halves",
            in -> {
              Tensor x = in.get("x");
              traced.add(x.shape().toString());
              return Named.of("y", x.slice(1, 0, x.dim(1) / 2));
            })) {
      assertThat(run(program, 2, 6, 3).shape()).hasToString("[2, 3, 3]");
      assertThat(run(program, 4, 6, 3).shape()).hasToString("[4, 3, 3]");
      assertThat(run(program, 2, 8, 3).shape()).hasToString("[2, 4, 3]");
      assertThat(traced)
          .containsExactly(
              "[2, 6, 3]", "[?, ?, 3]", "[?, 6, 3]", "[4, 6, 3]", "[2, 8, 3]", "[?, 8, 3]");
    }
  }

  @Test
  void theBitsOfAResultDoNotDependOnWhatRanBefore() {
    NdArray weight = NdArray.normal(2, 24, 24);
    Named<HostTensor> mine =
        Named.of("x", NdArray.normal(3, 3, 17, 24).toHost(DType.FLOAT32))
            .with("w", weight.toHost(DType.FLOAT32));
    HostTensor first;
    try (Program fresh = backend.inference("layer", TracingTest::layer)) {
      first = Programs.run(backend, fresh, mine).get("y");
    }
    try (Program used = backend.inference("layer", TracingTest::layer)) {
      for (int n = 2; n < 6; n++) {
        HostTensor x = NdArray.normal(n, n, 2L * n, 24).toHost(DType.FLOAT32);
        Programs.run(backend, used, mine.with("x", x));
      }
      assertThat(Programs.run(backend, used, mine).get("y").data()).isEqualTo(first.data());
    }
  }

  private static Named<Tensor> layer(Named<Tensor> in) {
    Tensor y = Neural.gelu(Neural.linear(in.get("x"), in.get("w"), null));
    return Named.of("y", Neural.softmax(y, -1));
  }

  @Test
  void moreGraphsThanAreKeptAreTracedAgain() {
    try (Program program = backend.inference("double", this::twice)) {
      for (int width = 2; width < 40; width++) {
        run(program, 2, 2, width);
      }
      traced.clear();
      assertThat(run(program, 2, 2, 2).shape()).hasToString("[2, 2, 2]");
      assertThat(traced).containsExactly("[?, ?, 2]");
      traced.clear();
      run(program, 2, 2, 39);
      assertThat(traced).isEmpty();
    }
  }

  @Test
  void aBodyThatFailsInEveryFormFailsWithItsOwnException() {
    IllegalArgumentException mine = new IllegalArgumentException("mine");
    try (Program program =
        backend.inference(
            "fails",
            in -> {
              throw mine;
            })) {
      assertThatThrownBy(() -> run(program, 2, 3)).isSameAs(mine);
    }
  }
}
