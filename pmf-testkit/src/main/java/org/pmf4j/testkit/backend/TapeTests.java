package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend.TrainingBody;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Tape;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.Programs;

/** Gradients and assignments in training programs. */
abstract class TapeTests extends BackendTests {
  private Parameter p;
  private Parameter q;

  TapeTests(BackendConformance subject) {
    super(subject);
  }

  @BeforeEach
  void makeParameters() {
    assumeCan(Capability.TRAINING);
    p = backend().parameter("p", HostTensor.of(new float[] {1, 2}, 2));
    q = backend().parameter("q", HostTensor.of(new float[] {3, 4}, 2));
  }

  @AfterEach
  void closeParameters() {
    if (p != null) {
      p.close();
      q.close();
    }
  }

  private Named<HostTensor> train(TrainingBody body) {
    return Programs.train(backend(), Named.of("x", HostTensor.of(new float[] {5, 6}, 2)), body);
  }

  @Test
  void gradientsComeInTheOrderOfTheParameters() {
    Named<HostTensor> out =
        train(
            (in, tape) -> {
              Tensor loss = p.value().mul(q.value()).mul(in.get("x")).sum();
              List<Tensor> g = tape.gradients(loss, List.of(q, p));
              return Named.of("q", g.get(0)).with("p", g.get(1));
            });
    assertThat(out.get("q").floats()).containsExactly(5, 12);
    assertThat(out.get("p").floats()).containsExactly(15, 24);
  }

  @Test
  void gradientsDoNotAddUpFromRunToRun() {
    for (int i = 0; i < 3; i++) {
      Named<HostTensor> out =
          train(
              (in, tape) ->
                  Named.of("g", tape.gradients(p.value().square().sum(), List.of(p)).get(0)));
      assertThat(out.get("g").floats()).containsExactly(2, 4);
    }
  }

  @Test
  void theGradientOfAParameterThatTheLossDoesNotDependOnIsZero() {
    Named<HostTensor> out =
        train(
            (in, tape) -> {
              List<Tensor> g = tape.gradients(p.value().sum(), List.of(p, q));
              return Named.of("p", g.get(0)).with("q", g.get(1));
            });
    assertThat(out.get("p").floats()).containsExactly(1, 1);
    assertThat(out.get("q").floats()).containsExactly(0, 0);
  }

  @Test
  void theGradientsOfALossThatDependsOnNoParameterAreZero() {
    Named<HostTensor> out =
        train((in, tape) -> Named.of("g", tape.gradients(in.get("x").sum(), List.of(p)).get(0)));
    assertThat(out.get("g").floats()).containsExactly(0, 0);
  }

  @Test
  void aLossOfOneElementMayHaveDimensions() {
    Named<HostTensor> out =
        train(
            (in, tape) -> {
              Tensor loss = p.value().sum().reshape(1, 1, 1);
              return Named.of("g", tape.gradients(loss, List.of(p)).get(0));
            });
    assertThat(out.get("g").floats()).containsExactly(1, 1);
  }

  @Test
  void gradientsByNoParametersAreNone() {
    train(
        (in, tape) -> {
          assertThat(tape.gradients(p.value().sum(), List.of())).isEmpty();
          return Named.none();
        });
  }

  @Test
  void gradientsTwiceAreRefused() {
    assertThatThrownBy(
            () ->
                train(
                    (in, tape) -> {
                      tape.gradients(p.value().sum(), List.of(p));
                      tape.gradients(p.value().sum(), List.of(p));
                      return Named.none();
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("gradients");
  }

  @Test
  void aLossThatIsNotOneNumberIsRefused() {
    assertThatThrownBy(
            () ->
                train(
                    (in, tape) -> {
                      tape.gradients(p.value(), List.of(p));
                      return Named.none();
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2]");
  }

  @Test
  void aTapeIsOverWithItsProgram() {
    AtomicReference<Tape> kept = new AtomicReference<>();
    train(
        (in, tape) -> {
          kept.set(tape);
          return Named.none();
        });
    assertThatThrownBy(() -> kept.get().gradients(p.value(), List.of(p)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> kept.get().assign(p, q.value()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anAssignedValueIsSeenLaterInTheProgramAndAfterIt() {
    Named<HostTensor> out =
        train(
            (in, tape) -> {
              Tensor g = tape.gradients(p.value().mul(in.get("x")).sum(), List.of(p)).get(0);
              tape.assign(p, p.value().sub(g.mul(0.5)));
              return Named.of("now", p.value().mul(2));
            });
    assertThat(out.get("now").floats()).containsExactly(-3, -2);
    assertThat(backend().read(p.value()).floats()).containsExactly(-1.5f, -1);
  }

  @Test
  void aProgramMayAssignWithoutGradients() {
    train(
        (in, tape) -> {
          tape.assign(p, in.get("x"));
          tape.assign(q, p.value().add(1));
          return Named.none();
        });
    assertThat(backend().read(p.value()).floats()).containsExactly(5, 6);
    assertThat(backend().read(q.value()).floats()).containsExactly(6, 7);
  }

  @Test
  void twoParametersMayBeExchanged() {
    train(
        (in, tape) -> {
          Tensor before = p.value().add(0);
          tape.assign(p, q.value());
          tape.assign(q, before);
          return Named.none();
        });
    assertThat(backend().read(p.value()).floats()).containsExactly(3, 4);
    assertThat(backend().read(q.value()).floats()).containsExactly(1, 2);
  }

  @Test
  void aViewTakenBeforeAnAssignmentKeepsItsValue() {
    Named<HostTensor> out =
        train(
            (in, tape) -> {
              Tensor view = p.value().reshape(2, 1);
              Tensor slice = p.value().slice(0, 1, 2);
              tape.assign(p, in.get("x"));
              return Named.of("view", view).with("slice", slice);
            });
    assertThat(out.get("view").floats()).containsExactly(1, 2);
    assertThat(out.get("slice").floats()).containsExactly(2);
  }

  @Test
  void anOutputKeepsTheValueThatTheParameterHad() {
    try (var program =
        backend()
            .inference(
                "look", in -> Named.of("p", p.value()).with("view", p.value().reshape(2, 1)))) {
      Named<Tensor> before = program.run(Named.none());
      train(
          (in, tape) -> {
            tape.assign(p, in.get("x"));
            return Named.none();
          });
      assertThat(backend().read(before.get("p")).floats()).containsExactly(1, 2);
      assertThat(backend().read(before.get("view")).floats()).containsExactly(1, 2);
      before.asMap().values().forEach(Tensor::close);
    }
  }

  @Test
  void assigningAnotherShapeIsRefused() {
    assertThatThrownBy(
            () ->
                train(
                    (in, tape) -> {
                      tape.assign(p, p.value().sum());
                      return Named.none();
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("p")
        .hasMessageContaining("[1]")
        .hasMessageContaining("[2]");
    assertThat(backend().read(p.value()).floats()).containsExactly(1, 2);
  }

  @Test
  void trainingFindsTheMinimumOfAParabola() {
    float[] target = {5, 6};
    for (int step = 0; step < 60; step++) {
      train(
          (in, tape) -> {
            Tensor loss = p.value().sub(in.get("x")).square().sum();
            Tensor g = tape.gradients(loss, List.of(p)).get(0);
            tape.assign(p, p.value().sub(g.mul(0.25)));
            return Named.of("loss", loss);
          });
    }
    assertThat(backend().read(p.value()).floats()).containsExactly(target);
  }
}
