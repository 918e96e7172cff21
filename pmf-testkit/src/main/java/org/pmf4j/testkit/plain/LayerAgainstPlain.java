package org.pmf4j.testkit.plain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.Programs;
import org.pmf4j.testkit.Tolerance;

/**
 * A transformer layer of real size in FLOAT32, forwards and backwards, against the plain backend in
 * double: 2 samples of 50 tokens, some masked, width 192, 3 heads. The conformance suite's operands
 * are small, and errors of long sums show here first. A backend's test extends it. JUnit runs it in
 * one thread.
 */
public abstract class LayerAgainstPlain {
  private static final long SEED = 2017;
  private static final int WIDTH = 192;
  private static final int HEADS = 3;
  private static final int TOKENS = 50;

  private static final Map<String, NdArray> WEIGHTS =
      Map.of(
          "scale", NdArray.normal(SEED, WIDTH).map(x -> (float) (1 + 0.1 * x)),
          "shift", weight(1, WIDTH),
          "qkv", weight(2, 3 * WIDTH, WIDTH),
          "bias", weight(3, 3 * WIDTH),
          "out", weight(4, WIDTH, WIDTH),
          "up", weight(5, 4 * WIDTH, WIDTH),
          "down", weight(6, WIDTH, 4 * WIDTH));

  private static NdArray weight(int number, long... dims) {
    return NdArray.normal(SEED + number, dims).map(x -> (float) (0.05 * x));
  }

  /** The factory of the backend that is compared. */
  protected abstract BackendFactory factory();

  @Test
  final void outputsAndGradientsByAllWeightsAgree() {
    Named<HostTensor> expected;
    Named<HostTensor> found;
    try (Backend plain = new PlainBackendFactory().open(BackendOptions.DEFAULT);
        Backend other = factory().open(new BackendOptions("cpu", 2))) {
      expected = layer(plain, DType.FLOAT64);
      found = layer(other, DType.FLOAT32);
    }
    for (String name : found.names()) {
      Tolerance tolerance = name.equals("y") ? Tolerance.BALANCED : Tolerance.PERMISSIVE;
      tolerance.assertClose(
          name + ", seed " + SEED,
          NdArray.of(found.get(name)),
          NdArray.of(expected.get(name)),
          DType.FLOAT32);
    }
  }

  /**
   * The output {@code y} and, where the backend trains, the gradients by all weights under their
   * names.
   */
  private static Named<HostTensor> layer(Backend backend, DType dtype) {
    Map<String, Parameter> weights = new LinkedHashMap<>();
    boolean[] seen = new boolean[2 * TOKENS];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = i % 7 != 3;
    }
    Named<HostTensor> in =
        Named.of("x", NdArray.normal(SEED + 7, 2, TOKENS, WIDTH).toHost(dtype))
            .with("mask", HostTensor.of(seen, 2, TOKENS))
            .with("by", NdArray.normal(SEED + 8, 2, TOKENS, WIDTH).toHost(dtype));
    try {
      WEIGHTS.forEach((name, w) -> weights.put(name, backend.parameter(name, w.toHost(dtype))));
      if (!backend.info().can(Capability.TRAINING)) {
        return Programs.evaluate(backend, in, t -> Named.of("y", layer(t, weights)));
      }
      return Programs.train(
          backend,
          in,
          (t, tape) -> {
            Tensor y = layer(t, weights);
            List<Tensor> gradients =
                tape.gradients(y.mul(t.get("by")).sum(), new ArrayList<>(weights.values()));
            Map<String, Tensor> out = new LinkedHashMap<>(Map.of("y", y));
            weights.keySet().forEach(name -> out.put(name, gradients.get(out.size() - 1)));
            return Named.of(out);
          });
    } finally {
      weights.values().forEach(Parameter::close);
    }
  }

  private static Tensor layer(Named<Tensor> in, Map<String, Parameter> weights) {
    Tensor x = in.get("x");
    Tensor mask = in.get("mask");
    Named<Tensor> w = Named.of(weights).map(Parameter::value);
    Tensor normal = Neural.layerNorm(x, w.get("scale"), w.get("shift"), 1e-12);
    Tensor qkv = Neural.linear(normal, w.get("qkv"), w.get("bias"));
    Tensor o = Neural.attention(head(qkv, 0), head(qkv, 1), head(qkv, 2), mask, 0.125);
    Tensor joined = o.permute(0, 2, 1, 3).reshape(Tensor.KEEP, Tensor.KEEP, WIDTH);
    Tensor attended = x.add(Neural.linear(joined, w.get("out"), null));
    Tensor inner = Neural.gelu(Neural.linear(attended, w.get("up"), null));
    return attended.add(Neural.linear(inner, w.get("down"), null));
  }

  private static Tensor head(Tensor qkv, int part) {
    return qkv.slice(2, (long) part * WIDTH, (part + 1L) * WIDTH)
        .reshape(Tensor.KEEP, Tensor.KEEP, HEADS, WIDTH / HEADS)
        .permute(0, 2, 1, 3);
  }
}
