package org.pmf4j.core.pmf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
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
 * Measures what a training step costs at ViT-base and BERT-base sizes: the paper's whole layers
 * against queries over memory, with the trunk computed in the step and with it cached. The variants
 * take turns in one process. Not a test: run its main method, for times with the number of rounds,
 * for peak memory with {@code memory} and the number of a variant, each in a process of its own.
 */
public final class PmfCost {
  private static final int BATCH = 8;
  private static final int IMAGE_TOKENS = 197;
  private static final int TEXT_TOKENS = 64;
  private static final int CLASSES = 101;

  private final Backend backend;
  private final Named<Encoder> encoders;
  private final PmfModel model;
  private final Named<Tensor> embedded;
  private final Named<Tensor> cached;
  private final Tensor targets;
  private final Tensor weights;

  private PmfCost(Backend backend, Named<Encoder> encoders, PmfModel model) {
    this.backend = backend;
    this.encoders = encoders;
    this.model = model;
    SplittableRandom random = new SplittableRandom(1);
    this.embedded = states(random);
    this.cached = states(random);
    float[] oneHot = new float[BATCH * CLASSES];
    for (int i = 0; i < BATCH; i++) {
      oneHot[i * CLASSES + i * 37 % CLASSES] = 1;
    }
    targets = backend.tensor(HostTensor.of(oneHot, BATCH, CLASSES));
    float[] w = new float[BATCH];
    Arrays.fill(w, 1f / BATCH);
    weights = backend.tensor(HostTensor.of(w, BATCH, 1));
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
    return Named.of("image", Tokens.of(in.get("image.states")))
        .with("text", new Tokens(in.get("text.states"), in.get("text.mask")));
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
            for (int l = 0; l < e.depth() - model.fusionLayers(); l++) {
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
    Named<Tensor> in = trunks.with("targets", targets).with("weights", weights);
    fusion
        .run(in)
        .asMap()
        .values()
        .forEach(
            t -> {
              backend.read(t);
              t.close();
            });
  }

  /** Runs a measurement. */
  public static void main(String[] args) throws IOException {
    PluginRegistry plugins = PluginRegistry.discover(PmfCost.class.getClassLoader());
    try (Backend backend = plugins.backends().get("djl").open(BackendOptions.DEFAULT);
        RandomEncoders random = new RandomEncoders(backend, plugins);
        ParameterStore store = new ParameterStore(backend, 0)) {
      Named<Encoder> encoders = random.base();
      PmfMethod method = new PmfMethod();
      PmfModel model = (PmfModel) method.build(encoders, CLASSES, method.defaults(), store);
      long trained = model.parameters().stream().mapToLong(p -> p.shape().size()).sum();
      long total = trained + random.parameters();
      System.out.printf(
          "trained %,d of %,d weights, %.2f %%%n", trained, total, 100.0 * trained / total);
      PmfCost cost = new PmfCost(backend, encoders, model);
      if (args.length == 2) {
        cost.measureMemory(Integer.parseInt(args[1]));
      } else {
        cost.measureTime(args.length == 1 ? Integer.parseInt(args[0]) : 7);
      }
    }
  }

  private Map<String, Runnable> variants() {
    PmfModel whole = WholeLayers.of(model);
    Map<String, Runnable> variants = new LinkedHashMap<>();
    Program trunk = trunk();
    Program wholeStep = step(whole);
    Program memoryStep = step(model);
    Program wholeLogits = logits(whole);
    Program memoryLogits = logits(model);
    variants.put("step, whole layers, trunk computed", () -> uncached(trunk, wholeStep));
    variants.put("step, queries over memory, trunk computed", () -> uncached(trunk, memoryStep));
    variants.put("step, whole layers, trunk cached", () -> run(wholeStep, cached));
    variants.put("step, queries over memory, trunk cached", () -> run(memoryStep, cached));
    variants.put("inference, whole layers", () -> uncached(trunk, wholeLogits));
    variants.put("inference, queries over memory", () -> uncached(trunk, memoryLogits));
    return variants;
  }

  /** Peak resident memory of three runs of one variant, above what was there before the first. */
  private void measureMemory(int number) throws IOException {
    List<Map.Entry<String, Runnable>> variants = new ArrayList<>(variants().entrySet());
    System.gc();
    long before = resident("VmRSS");
    resetPeak();
    for (int i = 0; i < 3; i++) {
      variants.get(number).getValue().run();
    }
    System.out.printf(
        "%-45s peak memory above weights and inputs %d MB%n",
        variants.get(number).getKey(), (resident("VmHWM") - before) / 1024);
  }

  private void measureTime(int rounds) {
    Map<String, Runnable> variants = variants();
    Map<String, double[]> times = new LinkedHashMap<>();
    variants.forEach((name, v) -> times.put(name, new double[rounds]));
    variants.values().forEach(Runnable::run);
    for (int r = 0; r < rounds; r++) {
      for (String name : variants.keySet()) {
        long t = System.nanoTime();
        variants.get(name).run();
        times.get(name)[r] = (System.nanoTime() - t) / 1e6;
      }
    }
    List<String> names = new ArrayList<>(variants.keySet());
    for (String name : names) {
      String base = names.get(name.startsWith("step") ? 0 : 4);
      System.out.printf(
          "%-45s median %8.0f ms, %5.2f times as fast%n",
          name, median(times.get(name)), ratio(times.get(base), times.get(name)));
    }
  }

  private static double median(double[] values) {
    double[] v = values.clone();
    Arrays.sort(v);
    return v[v.length / 2];
  }

  private static double ratio(double[] a, double[] b) {
    double[] r = new double[a.length];
    Arrays.setAll(r, i -> a[i] / b[i]);
    return median(r);
  }

  private static long resident(String key) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(key + ":")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no " + key);
  }

  private static void resetPeak() throws IOException {
    Files.write(Path.of("/proc/self/clear_refs"), "5".getBytes(StandardCharsets.US_ASCII));
  }
}
