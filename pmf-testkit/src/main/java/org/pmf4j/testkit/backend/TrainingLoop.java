package org.pmf4j.testkit.backend;

import java.util.List;
import java.util.stream.Stream;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;
import org.pmf4j.testkit.NdArray;

/**
 * A small attention layer with a head, trained by gradient descent: what the tests of memory and
 * threads run. Sequences may have any length.
 */
final class TrainingLoop implements AutoCloseable {
  static final int BATCH = 8;
  static final int WIDTH = 64;
  private static final int HEADS = 2;

  private final Backend backend;
  private final Parameter projection;
  private final Parameter scale;
  private final Parameter shift;
  private final Parameter head;
  private final Program step;

  TrainingLoop(Backend backend, long seed) {
    this.backend = backend;
    projection = make("projection", NdArray.normal(seed, 3 * WIDTH, WIDTH).map(x -> x * 0.1));
    scale = make("scale", NdArray.normal(seed + 1, WIDTH).map(x -> 1 + 0.1 * x));
    shift = make("shift", NdArray.normal(seed + 2, WIDTH).map(x -> x * 0.1));
    head = make("head", NdArray.normal(seed + 3, 3, WIDTH).map(x -> x * 0.1));
    step =
        backend.training(
            "step",
            (in, tape) -> {
              Tensor loss = loss(in.get("x"));
              List<Parameter> all = parameters();
              List<Tensor> gradients = tape.gradients(loss, all);
              for (int i = 0; i < all.size(); i++) {
                Parameter p = all.get(i);
                tape.assign(p, p.value().sub(gradients.get(i).mul(0.01)));
              }
              return Named.of("loss", loss);
            });
  }

  private Parameter make(String name, NdArray initial) {
    return backend.parameter(name, initial.toHost(DType.FLOAT32));
  }

  private List<Parameter> parameters() {
    return List.of(projection, scale, shift, head);
  }

  private Tensor loss(Tensor x) {
    Tensor y = TensorScope.tidy(() -> attend(x));
    Tensor normal = Neural.layerNorm(x.add(y), scale.value(), shift.value(), 1e-5);
    Tensor pooled = normal.slice(1, 0, 1).reshape(Tensor.KEEP, WIDTH);
    Tensor logits = Neural.logSoftmax(Neural.linear(pooled, head.value(), null), -1);
    return logits.slice(1, 0, 1).mean().neg();
  }

  private Tensor attend(Tensor x) {
    Tensor qkv = Neural.gelu(Neural.linear(x, projection.value(), null));
    Tensor o =
        Neural.attention(
            part(qkv, 0), part(qkv, 1), part(qkv, 2), null, Math.sqrt((double) HEADS / WIDTH));
    return o.permute(0, 2, 1, 3).reshape(Tensor.KEEP, Tensor.KEEP, WIDTH);
  }

  private static Tensor part(Tensor qkv, int i) {
    return qkv.slice(2, (long) i * WIDTH, (i + 1L) * WIDTH)
        .reshape(Tensor.KEEP, Tensor.KEEP, HEADS, WIDTH / HEADS)
        .permute(0, 2, 1, 3);
  }

  /** Sequences of a length for {@link #step}. */
  static HostTensor sequences(long seed, int length) {
    return NdArray.normal(seed, BATCH, length, WIDTH).toHost(DType.FLOAT32);
  }

  /** One step; returns the loss. */
  float step(HostTensor sequences) {
    try (Tensor x = backend.tensor(sequences);
        Tensor loss = step.run(Named.of("x", x)).get("loss")) {
      return backend.read(loss).floats()[0];
    }
  }

  /** The bits of all parameters. */
  List<HostTensor> state() {
    return parameters().stream().map(p -> backend.read(p.value())).toList();
  }

  @Override
  public void close() {
    step.close();
    Stream.of(projection, scale, shift, head).forEach(Parameter::close);
  }
}
