package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.Programs;
import org.pmf4j.testkit.Tolerance;

/** BFLOAT16, where it is declared: storage, casts, matrix products, GELU, forward and backward. */
abstract class Bfloat16Tests extends BackendTests {
  private static final long SEED = 1968;

  private final NdArray x = NdArray.normal(SEED, 3, 5, 33);
  private final NdArray weight = NdArray.normal(SEED + 1, 7, 33);
  private final NdArray bias = NdArray.normal(SEED + 2, 7);

  Bfloat16Tests(BackendConformance subject) {
    super(subject);
  }

  @BeforeEach
  void assumeBfloat16() {
    assumeCan(Capability.BFLOAT16);
  }

  @Test
  void dataComesBackBitForBit() {
    HostTensor data = x.toHost(DType.BFLOAT16);
    try (Tensor t = backend().tensor(data)) {
      assertThat(t.dtype()).isEqualTo(DType.BFLOAT16);
      HostTensor back = backend().read(t);
      assertThat(back.dtype()).isEqualTo(DType.BFLOAT16);
      assertThat(back.data()).isEqualTo(data.data());
    }
  }

  @Test
  void castingRoundsToNearestEven() {
    NdArray numbers = NdArray.of(new double[] {1, 1.00390625, 1.01171875, 0.1, -3e38, 257}, 6);
    HostTensor cast =
        Programs.evaluate(
                backend(),
                Named.of("x", numbers.toHost(DType.FLOAT32)),
                in -> in.map(t -> t.cast(DType.BFLOAT16)))
            .get("x");
    assertThat(cast.data()).isEqualTo(numbers.toHost(DType.BFLOAT16).data());
  }

  @Test
  void castingBackIsExact() {
    HostTensor halves = x.toHost(DType.BFLOAT16);
    Named<HostTensor> out =
        Programs.evaluate(
            backend(), Named.of("x", halves), in -> in.map(t -> t.cast(DType.FLOAT32)));
    assertThat(NdArray.of(out.get("x"))).isEqualTo(NdArray.of(halves));
  }

  @Test
  void matmulIsWithinTheTypesPrecision() {
    Named<HostTensor> in =
        Named.of("a", x.toHost(DType.BFLOAT16))
            .with("b", Oracle.permute(weight, 1, 0).toHost(DType.BFLOAT16));
    HostTensor out =
        Programs.evaluate(
                backend(),
                in,
                t -> Named.of("y", t.get("a").matmul(t.get("b")).cast(DType.FLOAT32)))
            .get("y");
    Tolerance.STRICT.assertClose(
        "matmul, seed " + SEED,
        NdArray.of(out),
        Oracle.matmul(NdArray.of(in.get("a")), NdArray.of(in.get("b"))),
        DType.BFLOAT16);
  }

  @Test
  void aLinearLayerKeepsTheTypeOfItsInput() {
    Named<HostTensor> in =
        Named.of("x", x.toHost(DType.FLOAT32))
            .with("weight", weight.toHost(DType.BFLOAT16))
            .with("bias", bias.toHost(DType.BFLOAT16));
    HostTensor out =
        Programs.evaluate(
                backend(),
                in,
                t -> Named.of("y", new Linear(t.get("weight"), t.get("bias")).apply(t.get("x"))))
            .get("y");
    assertThat(out.dtype()).isEqualTo(DType.FLOAT32);
    NdArray product = Oracle.matmul(x, Oracle.permute(NdArray.of(in.get("weight")), 1, 0));
    Tolerance.BALANCED.assertClose(
        "linear, seed " + SEED,
        NdArray.of(out),
        Oracle.zip(product, NdArray.of(in.get("bias")), Double::sum),
        DType.BFLOAT16);
  }

  @Test
  void theGradientPassesThroughCastAndLinear() {
    assumeCan(Capability.TRAINING);
    NdArray weights = NdArray.normal(SEED + 3, 3, 5, 7);
    Named<HostTensor> in =
        Named.of("weight", weight.toHost(DType.BFLOAT16))
            .with("bias", bias.toHost(DType.BFLOAT16))
            .with("weights", weights.toHost(DType.FLOAT32));
    try (Parameter p = backend().parameter("x", x.toHost(DType.FLOAT32))) {
      HostTensor gradient =
          Programs.train(
                  backend(),
                  in,
                  (t, tape) -> {
                    Tensor y = new Linear(t.get("weight"), t.get("bias")).apply(p.value());
                    Tensor loss = y.mul(t.get("weights")).sum();
                    return Named.of("g", tape.gradients(loss, List.of(p)).get(0));
                  })
              .get("g");
      assertThat(gradient.dtype()).isEqualTo(DType.FLOAT32);
      Tolerance.BALANCED.assertClose(
          "gradient, seed " + SEED,
          NdArray.of(gradient),
          Oracle.matmul(weights, NdArray.of(in.get("weight"))),
          DType.BFLOAT16);
    }
  }

  /** Near zero GELU is the product of a small and a large factor: rounding twice would show. */
  @Test
  void geluRoundsOnce() {
    NdArray numbers =
        NdArray.of(NdArray.normal(SEED + 4, 7, 9).map(v -> 2 * v).toHost(DType.BFLOAT16));
    HostTensor out =
        Programs.evaluate(
                backend(),
                Named.of("x", numbers.toHost(DType.BFLOAT16)),
                in -> Named.of("y", Neural.gelu(in.get("x"))))
            .get("y");
    assertThat(out.dtype()).isEqualTo(DType.BFLOAT16);
    assertRoundedOnce(
        NdArray.of(out), numbers.map(v -> v * (1 + Oracle.erf(v * Math.sqrt(0.5))) / 2));
  }

  @Test
  void theGradientOfGeluRoundsOnce() {
    assumeCan(Capability.TRAINING);
    NdArray numbers =
        NdArray.of(NdArray.normal(SEED + 5, 7, 9).map(v -> 2 * v).toHost(DType.BFLOAT16));
    try (Parameter p = backend().parameter("x", numbers.toHost(DType.FLOAT32))) {
      HostTensor gradient =
          Programs.train(
                  backend(),
                  Named.none(),
                  (t, tape) -> {
                    Tensor y = Neural.gelu(p.value().cast(DType.BFLOAT16)).cast(DType.FLOAT32);
                    return Named.of("g", tape.gradients(y.sum(), List.of(p)).get(0));
                  })
              .get("g");
      assertRoundedOnce(
          NdArray.of(gradient),
          numbers.map(
              v ->
                  (1 + Oracle.erf(v * Math.sqrt(0.5))) / 2
                      + v * Math.exp(-v * v / 2) / Math.sqrt(2 * Math.PI)));
    }
  }

  /**
   * One rounding to 8 significant bits is off by 2⁻⁸ at most; single precision before it by 1e-6.
   */
  private static void assertRoundedOnce(NdArray found, NdArray expected) {
    for (int i = 0; i < expected.values().length; i++) {
      double e = expected.values()[i];
      assertThat(found.values()[i])
          .as("element %d, seed %d", i, SEED)
          .isCloseTo(e, Offset.offset(Math.abs(e) / 256 + 1e-6));
    }
  }

  @Test
  void aConstantOfThisTypeCanBeMade() {
    HostTensor out =
        Programs.evaluate(
                backend(),
                Named.of("x", x.toHost(DType.FLOAT32)),
                in -> Named.of("y", in.get("x").filled(0.5, DType.BFLOAT16)))
            .get("y");
    assertThat(out.dtype()).isEqualTo(DType.BFLOAT16);
    assertThat(NdArray.of(out)).isEqualTo(x.map(v -> 0.5));
  }

  @Test
  void mixingWithOtherTypesIsRefused() {
    Named<HostTensor> in =
        Named.of("short", x.toHost(DType.BFLOAT16)).with("float", x.toHost(DType.FLOAT32));
    assertThatThrownBy(
            () ->
                Programs.evaluate(
                    backend(), in, t -> Named.of("y", t.get("short").add(t.get("float")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BFLOAT16")
        .hasMessageContaining("FLOAT32");
  }
}
