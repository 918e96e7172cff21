package org.pmf4j.core.pmf;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.training.Loss;
import org.pmf4j.core.training.ParameterStore;

/**
 * The work that costs are measured on: PMF over random encoders of ViT-base and BERT-base sizes on
 * one backend, with batches of 8, 197 and 64 tokens and 101 classes.
 */
final class CostWork implements AutoCloseable {
  private static final int BATCH = 8;
  private static final int IMAGE_TOKENS = 197;
  private static final int TEXT_TOKENS = 64;
  private static final int CLASSES = 101;

  private static final int GEMM = 2048;

  private final Backend backend;
  private final RandomEncoders random;
  private final ParameterStore store;
  private final Named<Encoder> encoders;
  private final PmfModel model;
  private final Tensor square;
  private final Named<Tensor> embedded;
  private final Named<Tensor> cached;
  private final Tensor targets;
  private final Tensor weights;

  /** Work for a backend, which stays the caller's. */
  CostWork(Backend backend, PluginRegistry plugins) {
    this.backend = backend;
    random = new RandomEncoders(backend, plugins);
    store = new ParameterStore(backend, 0);
    encoders = random.base();
    PmfMethod method = new PmfMethod();
    model = (PmfModel) method.build(encoders, CLASSES, method.defaults(), store);
    SplittableRandom numbers = new SplittableRandom(1);
    embedded = states(numbers);
    cached = states(numbers);
    square = normal(numbers, 1, GEMM, GEMM);
    float[] oneHot = new float[BATCH * CLASSES];
    for (int i = 0; i < BATCH; i++) {
      oneHot[i * CLASSES + i * 37 % CLASSES] = 1;
    }
    targets = backend.tensor(HostTensor.of(oneHot, BATCH, CLASSES));
    float[] w = new float[BATCH];
    Arrays.fill(w, 1f / BATCH);
    weights = backend.tensor(HostTensor.of(w, BATCH, 1));
  }

  /** Number of trained weights. */
  long trained() {
    return model.parameters().stream().mapToLong(p -> p.shape().size()).sum();
  }

  /** Number of all weights. */
  long total() {
    return trained() + random.parameters();
  }

  private Named<Tensor> states(SplittableRandom random) {
    boolean[] mask = new boolean[BATCH * TEXT_TOKENS];
    for (int i = 0; i < BATCH; i++) {
      Arrays.fill(mask, i * TEXT_TOKENS, (i + 1) * TEXT_TOKENS - i * 7 % 50, true);
    }
    return Named.of("image.states", normal(random, BATCH, IMAGE_TOKENS, 768))
        .with("text.states", normal(random, BATCH, TEXT_TOKENS, 768))
        .with("text.mask", backend.tensor(HostTensor.of(mask, BATCH, TEXT_TOKENS)));
  }

  private Tensor normal(SplittableRandom random, int... d) {
    float[] values = new float[d[0] * d[1] * d[2]];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble() * 3.4 - 1.7);
    }
    return backend.tensor(HostTensor.of(values, d[0], d[1], d[2]));
  }

  private static Named<Tokens> tokens(Named<Tensor> in) {
    return Named.of(
            "image", Tokens.of(in.get("image.states")).withSettled(in.under("image.settled.")))
        .with(
            "text",
            new Tokens(in.get("text.states"), in.get("text.mask"))
                .withSettled(in.under("text.settled.")));
  }

  private Program trunk() {
    return backend.inference(
        "trunk",
        in -> {
          Named<Tensor> out = Named.of("text.mask", in.get("text.mask"));
          Named<Tokens> start = tokens(in);
          for (String m : encoders.names()) {
            Encoder e = encoders.get(m);
            Tokens t = start.get(m);
            for (int l = 0; l < e.depth() - model.fusionLayers(m); l++) {
              Tokens before = t;
              int layer = l;
              t =
                  t.withStates(
                      TensorScope.tidy(() -> e.layers().get(layer).apply(before).states()));
              if (l > 0) {
                before.states().close();
              }
            }
            out = out.with(m + ".states", t.states());
          }
          return out;
        });
  }

  private Program step(PmfModel m) {
    return backend.training(
        "step",
        (in, tape) -> {
          Tensor logits = m.logits(tokens(in));
          Tensor loss = Loss.CROSS_ENTROPY.of(logits, in.get("targets"), in.get("weights"));
          List<Tensor> gradients = tape.gradients(loss, m.parameters());
          for (int i = 0; i < gradients.size(); i++) {
            Tensor p = m.parameters().get(i).value();
            tape.assign(m.parameters().get(i), p.sub(gradients.get(i).mul(1e-4)));
          }
          return Named.of("loss", loss);
        });
  }

  private Program logits(PmfModel m) {
    return backend.inference("logits", in -> Named.of("logits", m.logits(tokens(in))));
  }

  private void uncached(Program trunk, Program fusion) {
    Named<Tensor> out = trunk.run(embedded);
    run(fusion, out);
    out.asMap().values().forEach(Tensor::close);
  }

  private void run(Program fusion, Named<Tensor> trunks) {
    read(fusion.run(trunks.with("targets", targets).with("weights", weights)));
  }

  private void read(Named<Tensor> outputs) {
    outputs
        .asMap()
        .values()
        .forEach(
            t -> {
              backend.read(t);
              t.close();
            });
  }

  /** The pieces of work by what they are, each run to its end. */
  Map<String, Runnable> variants() {
    PmfModel whole = WholeLayers.of(model);
    Map<String, Runnable> variants = new LinkedHashMap<>();
    Program settle =
        backend.inference(
            "settle",
            in -> {
              Named<Tensor> out = Named.none();
              Named<Tokens> start = tokens(in);
              for (String m : encoders.names()) {
                Encoder e = encoders.get(m);
                int l = e.depth() - model.fusionLayers(m);
                out = out.with(e.layers().get(l).settle(start.get(m)).prefixed(m + ".settled."));
              }
              return out;
            });
    Named<Tensor> settled = settle.run(cached).with(cached);
    Program trunk = trunk();
    Program wholeStep = step(whole);
    Program memoryStep = step(model);
    Program wholeLogits = logits(whole);
    Program memoryLogits = logits(model);
    variants.put("step, whole layers, trunk computed", () -> uncached(trunk, wholeStep));
    variants.put("step, queries over memory, trunk computed", () -> uncached(trunk, memoryStep));
    variants.put("step, whole layers, trunk cached", () -> run(wholeStep, cached));
    variants.put("step, queries over memory, trunk cached", () -> run(memoryStep, cached));
    variants.put("step, queries over memory, trunk settled", () -> run(memoryStep, settled));
    variants.put("inference, whole layers", () -> uncached(trunk, wholeLogits));
    variants.put("inference, queries over memory", () -> uncached(trunk, memoryLogits));
    return variants;
  }

  /** A single-precision product of two matrices of 2048 × 2048: 17.2 GFLOP. */
  Runnable gemm() {
    Program product =
        backend.inference(
            "gemm",
            in -> {
              Tensor x = in.get("x").reshape(GEMM, GEMM);
              return Named.of("y", x.matmul(x).slice(0, 0, 1));
            });
    return () -> read(product.run(Named.of("x", square)));
  }

  @Override
  public void close() {
    store.close();
    random.close();
  }
}
