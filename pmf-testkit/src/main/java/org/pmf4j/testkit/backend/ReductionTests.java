package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.Programs;
import org.pmf4j.testkit.Tolerance;

/** Reductions, which keep the reduced axes with size 1. */
abstract class ReductionTests extends BackendTests {
  private static final long SEED = 1777;

  ReductionTests(BackendConformance subject) {
    super(subject);
  }

  @Test
  void sum() {
    check("sum of all", 2, 3, 5)
        .matches((x, c) -> x.get(0).sum(), x -> Oracle.sum(x.get(0), Oracle.allAxes(x.get(0))));
    check("sum over the last axis", 2, 3, 5)
        .matches((x, c) -> x.get(0).sum(-1), x -> Oracle.sum(x.get(0), 2));
    check("sum over two axes", 2, 3, 5)
        .matches((x, c) -> x.get(0).sum(2, 0), x -> Oracle.sum(x.get(0), 0, 2));
    check("sum of a scalar").matches((x, c) -> x.get(0).sum(), x -> x.get(0));
  }

  @Test
  void mean() {
    check("mean of all", 2, 3, 5)
        .matches((x, c) -> x.get(0).mean(), x -> Oracle.mean(x.get(0), Oracle.allAxes(x.get(0))));
    check("mean over an axis", 2, 1, 5)
        .matches((x, c) -> x.get(0).mean(1), x -> Oracle.mean(x.get(0), 1));
    check("mean over two axes", 4, 3, 5)
        .matches((x, c) -> x.get(0).mean(-1, 0), x -> Oracle.mean(x.get(0), 0, 2));
    check("mean of a scalar").matches((x, c) -> x.get(0).mean(), x -> x.get(0));
  }

  @Test
  void max() {
    check("max over the last axis", 3, 7)
        .matches(
            (x, c) -> x.get(0).max(-1),
            x -> Oracle.reduce(x.get(0), 1, Double.NEGATIVE_INFINITY, Math::max));
    check("max over the first axis", 3, 1, 2)
        .matches(
            (x, c) -> x.get(0).max(0),
            x -> Oracle.reduce(x.get(0), 0, Double.NEGATIVE_INFINITY, Math::max));
  }

  @Test
  void theGradientOfMaxGoesToOneOfSeveralMaximalElements() {
    assumeCan(Capability.TRAINING);
    try (var p = backend().parameter("p", HostTensor.of(new float[] {2, 5, 5, 1}, 4))) {
      float[] gradient =
          Programs.train(
                  backend(),
                  Named.none(),
                  (in, tape) -> Named.of("g", tape.gradients(p.value().max(0), List.of(p)).get(0)))
              .get("g")
              .floats();
      assertThat(gradient[1] + gradient[2]).isEqualTo(1);
      assertThat(gradient).contains(1f, 0f);
    }
  }

  private OperationCheck check(String name, long... dims) {
    return OperationCheck.of(backend(), name + ", seed " + SEED, NdArray.normal(SEED, dims))
        .within(Tolerance.BALANCED);
  }
}
