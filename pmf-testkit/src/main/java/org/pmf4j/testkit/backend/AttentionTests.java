package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.Programs;
import org.pmf4j.testkit.Tolerance;

/** Scaled dot-product attention, with and without a mask over the keys and a bias. */
abstract class AttentionTests extends BackendTests {
  private static final long SEED = 1706;

  AttentionTests(BackendConformance subject) {
    super(subject);
  }

  @Test
  void everyKeyIsSeenWithoutAMask() {
    check(2, 3, 5, 5, 4, null, 0.5);
  }

  @Test
  void queriesAndKeysMayDifferInNumber() {
    check(2, 1, 1, 7, 8, null, 0.3);
    check(1, 2, 9, 2, 3, null, 1);
  }

  @Test
  void maskedKeysAreNotSeen() {
    boolean[][] mask = {{true, true, false, true, false}, {false, true, true, true, true}};
    check(2, 2, 3, 5, 4, mask, 0.5);
  }

  @Test
  void oneVisibleKeyIsCopied() {
    boolean[][] mask = {{false, false, true}, {true, false, false}};
    check(2, 2, 4, 3, 5, mask, 0.7);
  }

  @Test
  void aMaskThatHidesNothingChangesNothing() {
    boolean[][] mask = {{true, true, true}};
    check(1, 2, 3, 3, 4, mask, 0.5);
  }

  @Test
  void longerThanABlockOfAFusedKernel() {
    boolean[][] mask = new boolean[1][77];
    for (int i = 0; i < 77; i++) {
      mask[0][i] = i % 3 != 1;
    }
    check(1, 1, 37, 77, 2, mask, 0.25);
  }

  @Test
  void valuesMayBeOfAnotherWidth() {
    NdArray[] inputs = {
      NdArray.normal(SEED, 2, 2, 3, 6),
      NdArray.normal(SEED + 1, 2, 2, 5, 6),
      NdArray.normal(SEED + 2, 2, 2, 5, 3)
    };
    OperationCheck.of(backend(), "attention with narrow values, seed " + SEED, inputs)
        .within(Tolerance.BALANCED)
        .matches(
            (x, c) -> Neural.attention(x.get(0), x.get(1), x.get(2), null, 0.5),
            x -> Oracle.attention(x.get(0), x.get(1), x.get(2), null, 0.5));
  }

  @Test
  void aBiasIsAddedToTheScores() {
    checkBias(null, 2, 2, 3, 5);
  }

  @Test
  void aBiasMayBeSharedByBatchAndHeads() {
    checkBias(null, 1, 2, 3, 5);
    checkBias(null, 2, 1, 3, 5);
    checkBias(null, 1, 1, 3, 5);
  }

  @Test
  void aBiasDoesNotShowWhatTheMaskHides() {
    boolean[][] mask = {{true, true, false, true, false}, {false, true, true, true, true}};
    checkBias(mask, 2, 2, 3, 5);
    checkBias(mask, 1, 2, 3, 5);
    checkBias(mask, 1, 1, 3, 5);
  }

  /** Attention of 3 queries over 5 keys in 2 samples and 2 heads. */
  private void checkBias(boolean[][] mask, long... dims) {
    OperationCheck check =
        OperationCheck.of(
                backend(),
                "attention with a bias, seed " + SEED,
                NdArray.normal(SEED, 2, 2, 3, 4),
                NdArray.normal(SEED + 1, 2, 2, 5, 4),
                NdArray.normal(SEED + 2, 2, 2, 5, 4),
                NdArray.normal(SEED + 3, dims))
            .within(Tolerance.BALANCED);
    if (mask != null) {
      check.given("mask", HostTensor.of(flat(mask), 2, 5));
    }
    check.matches(
        (x, c) ->
            Neural.attention(
                x.get(0), x.get(1), x.get(2), mask == null ? null : c.get("mask"), x.get(3), 0.5),
        x -> Oracle.attention(x.get(0), x.get(1), x.get(2), mask, x.get(3), 0.5));
  }

  @Test
  void aQueryFromWhichABiasHidesAllKeysGivesNumbers() {
    Named<HostTensor> in =
        Named.of("x", NdArray.normal(SEED, 1, 1, 2, 2).toHost(DType.FLOAT32))
            .with("bias", HostTensor.of(new float[] {-1e9f, -1e9f, 0, -1e9f}, 1, 1, 2, 2));
    Named<HostTensor> out =
        Programs.evaluate(
            backend(),
            in,
            t -> {
              Tensor x = t.get("x");
              return Named.of("y", Neural.attention(x, x, x, null, t.get("bias"), 1));
            });
    for (float f : out.get("y").floats()) {
      assertThat(f).isFinite();
    }
  }

  private void check(int b, int h, int r, int m, int d, boolean[][] mask, double scale) {
    OperationCheck check =
        OperationCheck.of(
                backend(),
                "attention, seed " + SEED,
                NdArray.normal(SEED, b, h, r, d),
                NdArray.normal(SEED + 1, b, h, m, d),
                NdArray.normal(SEED + 2, b, h, m, d))
            .within(Tolerance.BALANCED);
    if (mask != null) {
      check.given("mask", HostTensor.of(flat(mask), b, m));
    }
    check.matches(
        (x, c) ->
            Neural.attention(
                x.get(0), x.get(1), x.get(2), mask == null ? null : c.get("mask"), scale),
        x -> Oracle.attention(x.get(0), x.get(1), x.get(2), mask, scale));
  }

  private static boolean[] flat(boolean[][] mask) {
    boolean[] all = new boolean[mask.length * mask[0].length];
    for (int i = 0; i < all.length; i++) {
      all[i] = mask[i / mask[0].length][i % mask[0].length];
    }
    return all;
  }
}
