package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.Programs;

/** Running programs. */
abstract class ProgramTests extends BackendTests {
  private static final long SEED = 1815;

  ProgramTests(BackendConformance subject) {
    super(subject);
  }

  @Test
  void aProgramRunsAgainOnOtherShapes() {
    try (Program twice =
        backend().inference("twice", in -> Named.of("y", in.get("x").mul(2).sum(1)))) {
      for (int n : new int[] {1, 3, 2, 17}) {
        HostTensor x = HostTensor.of(new float[n * 4], 4, n);
        assertThat(Programs.run(backend(), twice, Named.of("x", x)).get("y"))
            .hasToString("FLOAT32 [4, 1]");
      }
    }
  }

  @Test
  void outputsKeepTheirNamesAndOrder() {
    Named<HostTensor> out =
        Programs.evaluate(
            backend(),
            Named.of("x", HostTensor.of(new float[] {1}, 1)),
            in ->
                Named.of("zebra", in.get("x"))
                    .with("ant", in.get("x").mul(2))
                    .with("mole", in.get("x").mul(3)));
    assertThat(out.names()).containsExactly("zebra", "ant", "mole");
  }

  @Test
  void anInputMayBeAnOutputAndStaysOpen() {
    try (Tensor x = backend().tensor(HostTensor.of(new float[] {1, 2}, 2));
        Program same =
            backend().inference("same", in -> Named.of("a", in.get("x")).with("b", in.get("x")))) {
      Named<Tensor> out = same.run(Named.of("x", x));
      out.get("a").close();
      assertThat(backend().read(x).floats()).containsExactly(1, 2);
      assertThat(backend().read(out.get("b")).floats()).containsExactly(1, 2);
      out.get("b").close();
    }
  }

  @Test
  void aViewOfAnInputOutlivesIt() {
    try (Program views =
        backend()
            .inference(
                "views",
                in ->
                    Named.of("slice", in.get("x").slice(0, 1, 2))
                        .with("transpose", in.get("x").transpose()))) {
      Tensor x = backend().tensor(HostTensor.of(new float[] {1, 2, 3, 4}, 2, 2));
      Named<Tensor> out = views.run(Named.of("x", x));
      x.close();
      assertThat(backend().read(out.get("slice")).floats()).containsExactly(3, 4);
      assertThat(backend().read(out.get("transpose")).floats()).containsExactly(1, 3, 2, 4);
      out.asMap().values().forEach(Tensor::close);
    }
  }

  @Test
  void anOutputIsAnInputOfTheNextProgram() {
    try (Program increment =
            backend().inference("increment", in -> Named.of("x", in.get("x").add(1)));
        Tensor zero = backend().tensor(HostTensor.of(new float[] {0}, 1));
        Tensor one = increment.run(Named.of("x", zero)).get("x");
        Tensor two = increment.run(Named.of("x", one)).get("x")) {
      assertThat(backend().read(two).floats()).containsExactly(2);
    }
  }

  @Test
  void aProgramMayUseTensorsFromOutside() {
    try (Tensor weight = backend().tensor(HostTensor.of(new float[] {3}, 1))) {
      Named<HostTensor> out =
          Programs.evaluate(
              backend(),
              Named.of("x", HostTensor.of(new float[] {2}, 1)),
              in -> Named.of("y", in.get("x").mul(weight)));
      assertThat(out.get("y").floats()).containsExactly(6);
      assertThat(weight.isClosed()).isFalse();
    }
  }

  @Test
  void theScopeClosesWhatIsNotAnOutput() {
    List<Tensor> made = new ArrayList<>();
    Programs.evaluate(
        backend(),
        Named.of("x", HostTensor.of(new float[] {2}, 1)),
        in -> {
          Tensor twice = in.get("x").mul(2);
          Tensor fourTimes = twice.mul(2);
          made.addAll(List.of(twice, fourTimes));
          return Named.of("y", fourTimes);
        });
    assertThat(made).allMatch(Tensor::isClosed);
  }

  @Test
  void tidyClosesAllButItsResult() {
    List<Tensor> made = new ArrayList<>();
    Named<HostTensor> out =
        Programs.evaluate(
            backend(),
            Named.of("x", HostTensor.of(new float[] {2}, 1)),
            in -> {
              Tensor y =
                  TensorScope.tidy(
                      () -> {
                        Tensor inner = in.get("x").mul(2);
                        made.add(inner);
                        return inner.mul(2);
                      });
              assertThat(made).isNotEmpty().allMatch(Tensor::isClosed);
              return Named.of("y", y.add(1));
            });
    assertThat(out.get("y").floats()).containsExactly(9);
  }

  @Test
  void repeatedRunsGiveTheSameBits() {
    Named<HostTensor> in =
        Named.of("x", NdArray.normal(SEED, 4, 33, 48).toHost(DType.FLOAT32))
            .with("w", NdArray.normal(SEED + 1, 48, 48).toHost(DType.FLOAT32));
    try (Program layer =
        backend()
            .inference(
                "layer",
                t -> {
                  Tensor y = Neural.gelu(Neural.linear(t.get("x"), t.get("w"), null));
                  return Named.of("y", Neural.softmax(y, -1)).with("sum", y.sum());
                })) {
      Named<HostTensor> first = Programs.run(backend(), layer, in);
      for (int i = 0; i < 5; i++) {
        Named<HostTensor> again = Programs.run(backend(), layer, in);
        assertThat(again.get("y").data()).as("seed %d", SEED).isEqualTo(first.get("y").data());
        assertThat(again.get("sum").data()).as("seed %d", SEED).isEqualTo(first.get("sum").data());
      }
    }
  }

  @Test
  void aProgramInsideAProgramIsRefused() {
    try (Program inner = backend().inference("inner", in -> in)) {
      assertThatThrownBy(
              () ->
                  Programs.evaluate(
                      backend(),
                      Named.of("x", HostTensor.of(new float[] {1}, 1)),
                      in -> inner.run(in)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("inside another program");
    }
  }

  @Test
  void readingInsideAProgramIsRefused() {
    assertThatThrownBy(
            () ->
                Programs.evaluate(
                    backend(),
                    Named.of("x", HostTensor.of(new float[] {1}, 1)),
                    in -> {
                      backend().read(in.get("x"));
                      return in;
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("inside a program");
  }

  @Test
  void aProgramThatFailsLeavesTheThreadReadyForTheNext() {
    RuntimeException mine = new IllegalStateException("mine");
    HostTensor x = HostTensor.of(new float[] {1}, 1);
    assertThatThrownBy(
            () ->
                Programs.evaluate(
                    backend(),
                    Named.of("x", x),
                    in -> {
                      throw mine;
                    }))
        .isSameAs(mine);
    assertThat(Programs.evaluate(backend(), Named.of("x", x), in -> in).get("x").floats())
        .containsExactly(1);
  }
}
