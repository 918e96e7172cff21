package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.Programs;

/** Operands that do not fit are refused before native code sees them, with their shapes named. */
abstract class BadOperandTests extends BackendTests {
  /** Tensors named by their shapes. */
  private static final Named<HostTensor> OPERANDS =
      Named.of("2", zeros(2))
          .with("3", zeros(3))
          .with("2x3", zeros(2, 3))
          .with("4x3", zeros(4, 3))
          .with("1x2x3x4", zeros(1, 2, 3, 4))
          .with("1x2x5x4", zeros(1, 2, 5, 4))
          .with("1x2x3x5", zeros(1, 2, 3, 5))
          .with("2x0", zeros(2, 0))
          .with("1x2x0x4", zeros(1, 2, 0, 4))
          .with("ids", HostTensor.of(new long[] {0, 1}, 2))
          .with("mask", HostTensor.of(new boolean[] {true, false}, 1, 2));

  BadOperandTests(BackendConformance subject) {
    super(subject);
  }

  private static HostTensor zeros(long... dims) {
    return HostTensor.zeros(Shape.of(dims));
  }

  private void refused(Function<Named<Tensor>, Tensor> operation, String... named) {
    assertThatThrownBy(
            () ->
                Programs.evaluate(
                    backend(), OPERANDS, in -> Named.of("result", operation.apply(in))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(named);
  }

  @Test
  void shapesThatDoNotBroadcast() {
    refused(t -> t.get("2").add(t.get("3")), "add", "[2]", "[3]");
    refused(t -> t.get("2x3").mul(t.get("4x3")), "mul", "[2, 3]", "[4, 3]");
    refused(t -> t.get("2x3").maximum(t.get("2")), "maximum", "[2, 3]", "[2]");
    refused(t -> t.get("mask").select(t.get("3"), t.get("3")), "select", "[1, 2]", "[3]");
  }

  @Test
  void mixedElementTypes() {
    refused(t -> t.get("2").add(t.get("ids")), "add", "FLOAT32 [2]", "INT64 [2]");
    refused(t -> t.get("2").select(t.get("2"), t.get("2")), "select", "BOOL", "FLOAT32 [2]");
    refused(t -> Tensor.concat(0, t.get("2"), t.get("ids")), "concat", "INT64 [2]");
    refused(t -> Neural.linear(t.get("ids"), t.get("2x3"), null), "linear", "INT64 [2]");
  }

  @Test
  void arithmeticOnIntegersAndMasks() {
    refused(t -> t.get("ids").exp(), "exp", "INT64 [2]");
    refused(t -> t.get("ids").add(1), "add", "INT64 [2]");
    refused(t -> t.get("mask").sum(), "sum", "BOOL [1, 2]");
    refused(t -> t.get("ids").mul(t.get("ids")), "mul", "INT64 [2]");
  }

  @Test
  void castsToTypesThatAreNotFloating() {
    refused(t -> t.get("2").cast(DType.INT64), "cast", "FLOAT32", "INT64");
    refused(t -> t.get("2").cast(DType.BOOL), "cast", "FLOAT32", "BOOL");
  }

  @Test
  void matricesThatDoNotFit() {
    refused(t -> t.get("2x3").matmul(t.get("4x3")), "matmul", "[2, 3]", "[4, 3]");
    refused(t -> t.get("2").matmul(t.get("2x3")), "matmul", "[2]", "[2, 3]");
    refused(t -> Neural.linear(t.get("2"), t.get("4x3"), null), "linear", "[2]", "[4, 3]");
    refused(t -> Neural.linear(t.get("3"), t.get("4x3"), t.get("3")), "linear", "[4]", "[3]");
    refused(t -> Neural.linear(t.get("3"), t.get("3"), null), "linear", "[3]");
  }

  @Test
  void axesThatAreNotThere() {
    refused(t -> t.get("2x3").sum(2), "axis 2", "[2, 3]");
    refused(t -> t.get("2x3").mean(-3), "axis -3", "[2, 3]");
    refused(t -> t.get("2x3").max(5), "axis 5", "[2, 3]");
    refused(t -> t.get("2x3").sum(0, -2), "axis twice");
    refused(t -> Neural.softmax(t.get("3"), 1), "axis 1", "[3]");
  }

  @Test
  void axesWithoutElements() {
    refused(t -> t.get("2x0").max(1), "max", "[2, 0]");
    refused(t -> Neural.softmax(t.get("2x0"), -1), "softmax", "[2, 0]");
    refused(t -> Neural.logSoftmax(t.get("2x0"), 1), "logSoftmax", "[2, 0]");
    refused(
        t -> Neural.attention(t.get("1x2x3x4"), t.get("1x2x0x4"), t.get("1x2x0x4"), null, 1),
        "attention",
        "[1, 2, 0, 4]");
  }

  @Test
  void reshapesThatLoseElements() {
    refused(t -> t.get("2x3").reshape(4, 2), "reshape", "[2, 3]", "[4, 2]");
    refused(t -> t.get("2x3").reshape(4, -1), "reshape", "[2, 3]");
    refused(t -> t.get("2x3").reshape(-1, -1), "reshape", "[2, 3]");
    refused(t -> t.get("2").reshape(1, 0, 0), "reshape", "[2]");
  }

  @Test
  void permutationsThatAreNone() {
    refused(t -> t.get("2x3").permute(0, 0), "permute", "[2, 3]");
    refused(t -> t.get("2x3").permute(0), "permute", "[2, 3]");
    refused(t -> t.get("2").transpose(), "transpose", "[2]");
  }

  @Test
  void slicesOutOfRange() {
    refused(t -> t.get("2x3").slice(1, 0, 4), "slice", "0 to 4", "[2, 3]");
    refused(t -> t.get("2x3").slice(1, 3, -1), "slice", "[2, 3]");
    refused(t -> t.get("2x3").slice(1, -1, 2), "slice", "[2, 3]");
    refused(t -> t.get("2x3").slice(1, 2, 2), "slice", "[2, 3]");
    refused(t -> t.get("2x3").slice(1, 0, -2), "slice", "[2, 3]");
    refused(t -> t.get("2x3").every(1, 0), "every", "got 0");
    refused(t -> t.get("2x3").every(2, 1), "axis 2", "[2, 3]");
  }

  @Test
  void concatenationsThatDoNotFit() {
    refused(t -> Tensor.concat(0, t.get("2"), t.get("2x3")), "concat", "[2]", "[2, 3]");
    refused(t -> Tensor.concat(1, t.get("2x3"), t.get("4x3")), "concat", "[2, 3]", "[4, 3]");
    refused(t -> Tensor.concat(0), "concat");
  }

  @Test
  void repetitionOfMoreThanOne() {
    refused(t -> t.get("2x3").repeatFor(t.get("3")), "repeatFor", "[2, 3]");
  }

  @Test
  void normalizationThatDoesNotFit() {
    refused(
        t -> Neural.layerNorm(t.get("2x3"), t.get("2"), t.get("3"), 1e-5),
        "layerNorm scale",
        "[3]",
        "[2]");
    refused(t -> Neural.layerNorm(t.get("2x3"), t.get("3"), t.get("3"), 0), "epsilon");
  }

  @Test
  void tablesAndIndicesThatDoNotFit() {
    refused(t -> Neural.gather(t.get("4x3"), t.get("2")), "gather", "INT64", "FLOAT32 [2]");
    refused(t -> Neural.gather(t.get("3"), t.get("ids")), "gather", "[3]");
  }

  @Test
  void attentionThatDoesNotFit() {
    refused(
        t -> Neural.attention(t.get("1x2x3x4"), t.get("1x2x3x5"), t.get("1x2x3x5"), null, 1),
        "attention keys",
        "[1, 2, 3, 5]");
    refused(
        t -> Neural.attention(t.get("1x2x3x4"), t.get("1x2x3x4"), t.get("1x2x5x4"), null, 1),
        "attention values",
        "[1, 2, 5, 4]");
    refused(
        t ->
            Neural.attention(
                t.get("1x2x3x4"), t.get("1x2x5x4"), t.get("1x2x5x4"), t.get("mask"), 1),
        "attention mask",
        "[1, 5]",
        "[1, 2]");
    refused(
        t ->
            Neural.attention(
                t.get("1x2x3x4"), t.get("1x2x5x4"), t.get("1x2x5x4"), null, t.get("1x2x3x4"), 1),
        "attention bias",
        "[1, 2, 3, 5]",
        "[1, 2, 3, 4]");
    refused(t -> Neural.attention(t.get("2"), t.get("2"), t.get("2"), null, 1), "attention");
  }
}
