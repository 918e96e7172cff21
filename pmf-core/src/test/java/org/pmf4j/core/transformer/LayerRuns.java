package org.pmf4j.core.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Packing;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.PositionedEncoders;

/**
 * Runs one layer of a tiny encoder on random tokens, of which some are padding, and on trainable
 * prompts: plainly and with more known about the tokens.
 */
final class LayerRuns implements AutoCloseable {
  private static final long SEED = 8;

  /** Single precision, sums in another order: some 1e-7 of the largest number each. */
  private static final double TOLERANCE = 1e-5;

  private static final int BATCH = 3;
  private static final int TOKENS = 16;

  /** Real tokens: 16, 12 and 8. */
  private static final int REAL = 36;

  private final PositionedEncoders encoders = new PositionedEncoders();
  private Packing packing;

  /** What is computed. */
  interface Body {
    Tensor run(EncoderLayer layer, Tokens tokens, Tensor prompts);
  }

  /** What more is known about the tokens. */
  interface Change {
    Tokens apply(EncoderLayer layer, Tokens tokens);
  }

  /** Where the real tokens stand, for bodies and changes while they run. */
  Packing packing() {
    return packing;
  }

  /** Holds all real tokens and the prompts' gradient against those of the plain tokens. */
  void agree(String fixture, int index, Change change, Body body) {
    EncoderLayer layer = encoders.encoder(fixture).layers().get(index);
    int d = encoders.encoder(fixture).width();
    Map<String, float[]> plain = run(layer, d, (l, tokens) -> tokens, body);
    Map<String, float[]> changed = run(layer, d, change, body);
    assertThat(changed.keySet()).containsExactly("out", "gradient");
    changed.forEach(
        (name, values) ->
            assertThat(distance(values, plain.get(name))).as(name).isLessThan(TOLERANCE));
  }

  private Map<String, float[]> run(EncoderLayer layer, int d, Change change, Body body) {
    boolean[] real = new boolean[BATCH * TOKENS];
    List<Long> rows = new ArrayList<>();
    long[] places = new long[real.length];
    for (int i = 0; i < real.length; i++) {
      real[i] = i % TOKENS < TOKENS - 4 * (i / TOKENS);
      places[i] = real[i] ? rows.size() : REAL;
      if (real[i]) {
        rows.add((long) i);
      }
    }
    Named<Tensor> in =
        Named.of("tokens", random(SEED, BATCH, TOKENS, d))
            .with("mask", HostTensor.of(real, BATCH, TOKENS))
            .with("rows", HostTensor.of(rows.stream().mapToLong(Long::longValue).toArray(), REAL))
            .with("places", HostTensor.of(places, BATCH, TOKENS))
            .map(encoders.backend()::tensor);
    Map<String, float[]> found = new LinkedHashMap<>();
    try (Parameter prompts = encoders.backend().parameter("prompts", random(SEED + 1, 1, 5, d));
        Program program =
            encoders
                .backend()
                .training(
                    "layer",
                    (t, tape) -> {
                      packing = new Packing(t.get("rows"), t.get("places"));
                      Tokens tokens = new Tokens(t.get("tokens"), t.get("mask"));
                      Tensor out = body.run(layer, change.apply(layer, tokens), prompts.value());
                      Tensor size = t.get("tokens").sliceLike(1, out, 1);
                      Tensor counted = out.mul(size).mul(realRows(t.get("mask"), out));
                      Tensor loss = counted.sum().reshape(1);
                      return Named.of("out", counted)
                          .with("gradient", tape.gradients(loss, List.of(prompts)).get(0));
                    })) {
      Named<Tensor> out = program.run(in);
      out.asMap().forEach((n, t) -> found.put(n, encoders.backend().read(t).floats()));
      out.asMap().values().forEach(Tensor::close);
    } finally {
      in.asMap().values().forEach(Tensor::close);
    }
    return found;
  }

  private static Tensor realRows(Tensor mask, Tensor out) {
    Tensor rows = mask.sliceLike(1, out, 1).reshape(Tensor.KEEP, Tensor.INFER, 1);
    return rows.cast(out.dtype());
  }

  private static HostTensor random(long seed, int... dims) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[dims[0] * dims[1] * dims[2]];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return HostTensor.of(values, dims[0], dims[1], dims[2]);
  }

  /** The largest difference, in relation to the largest number. */
  private static double distance(float[] a, float[] b) {
    double largest = 0;
    double size = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
      size = Math.max(size, Math.abs(b[i]));
    }
    assertThat(size).as("seed %d", SEED).isPositive();
    return largest / size;
  }

  @Override
  public void close() {
    encoders.close();
  }
}
