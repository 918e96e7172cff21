package org.pmf4j.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.engine.PtNDManager;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Kernels;
import org.pmf4j.api.tensor.NeuralKernels;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.Tolerance;

/** PyTorch's fused kernels compute what the default compositions of the API compute. */
class FusedKernelsTest {
  private static final long SEED = 77;

  private PtNDManager manager;
  private PtHostData hostData;
  private PtKernels fused;
  private Composed composed;

  @BeforeEach
  void open() {
    manager = (PtNDManager) PtRuntime.load().engine().newBaseManager(ai.djl.Device.cpu());
    TorchScript script = new TorchScript(manager);
    hostData = new PtHostData(manager, script);
    fused = new PtKernels(script);
    composed = new Composed(script);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** The families without the fused operations. */
  private record Composed(TorchScript script)
      implements PtElementwise, PtShape, PtMatrix, PtReduction, Kernels<PtValue> {
    @Override
    public PtValue gather(PtValue table, PtValue indices) {
      throw new UnsupportedOperationException("gather has no default");
    }

    @Override
    public void release(PtValue value) {
      value.close();
    }
  }

  @Test
  void softmax() {
    PtValue x = put(NdArray.normal(SEED, 3, 5));
    same(Shape.of(3, 5), k -> k.softmax(x, 1));
    same(Shape.of(3, 5), k -> k.logSoftmax(x, 0));
  }

  @Test
  void layerNorm() {
    PtValue x = put(NdArray.normal(SEED, 2, 3, 7));
    PtValue scale = put(NdArray.normal(SEED + 1, 7));
    PtValue shift = put(NdArray.normal(SEED + 2, 7));
    same(Shape.of(2, 3, 7), k -> k.layerNorm(x, 2, scale, shift, 1e-5));
  }

  @Test
  void activations() {
    PtValue x = put(NdArray.normal(SEED, 40).map(v -> 3 * v));
    same(Shape.of(40), k -> k.gelu(x));
    same(Shape.of(40), k -> k.geluTanh(x));
    same(Shape.of(40), k -> k.softplus(x));
  }

  @Test
  void attention() {
    PtValue q = put(NdArray.normal(SEED, 2, 2, 3, 4));
    PtValue k = put(NdArray.normal(SEED + 1, 2, 2, 5, 4));
    PtValue v = put(NdArray.normal(SEED + 2, 2, 2, 5, 4));
    boolean[] seen = {true, false, true, true, false, false, false, false, true, false};
    PtValue mask = hostData.put(HostTensor.of(seen, 2, 1, 1, 5));
    same(Shape.of(2, 2, 3, 4), kernels -> kernels.attention(q, k, v, mask, 0.4));
    same(Shape.of(2, 2, 3, 4), kernels -> kernels.attention(q, k, v, null, 0.4));
    for (NdArray b :
        new NdArray[] {
          NdArray.normal(SEED + 3, 2, 2, 3, 5), NdArray.normal(SEED + 3, 1, 1, 3, 5)
        }) {
      PtValue bias = put(b);
      same(Shape.of(2, 2, 3, 4), kernels -> kernels.attention(q, k, v, mask, bias, 0.4));
      same(Shape.of(2, 2, 3, 4), kernels -> kernels.attention(q, k, v, null, bias, 0.4));
    }
  }

  private PtValue put(NdArray array) {
    return hostData.put(array.toHost(DType.FLOAT64));
  }

  private void same(Shape shape, Function<NeuralKernels<PtValue>, PtValue> operation) {
    NdArray expected = read(operation.apply(composed), shape);
    NdArray actual = read(operation.apply(fused), shape);
    assertThat(actual.values()).doesNotContain(Double.NaN);
    Tolerance.PERMISSIVE.assertClose("fused, seed " + SEED, actual, expected, DType.FLOAT64);
  }

  private NdArray read(PtValue value, Shape shape) {
    return NdArray.of(hostData.read(value.array(), shape, DType.FLOAT64));
  }
}
