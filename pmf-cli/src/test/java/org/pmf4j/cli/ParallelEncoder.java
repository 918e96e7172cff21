package org.pmf4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.safetensors.SafetensorsWriter;

/**
 * A random encoder of the example's second family, as somebody would bring it who has made its
 * weights elsewhere: two channels, patches of four steps, two layers of width 16.
 */
final class ParallelEncoder {
  private static final int WIDTH = 16;
  private static final int INNER = 24;
  private static final long SEED = 8;

  private ParallelEncoder() {}

  static Path write(Path directory) throws IOException {
    Files.createDirectories(directory);
    EncoderConfig.write(
        directory.resolve("config.json"),
        Map.of(
            "model_type", "pmf-series-parallel",
            "hidden_size", WIDTH,
            "num_hidden_layers", 2,
            "num_attention_heads", 2,
            "intermediate_size", INNER,
            "num_channels", 2,
            "max_length", 28,
            "patch_size", 4));
    EncoderConfig.write(
        directory.resolve("preprocessor_config.json"),
        Map.of(
            "max_length", 28, "patch_size", 4, "mean", List.of(20, -5), "std", List.of(2.0, 0.5)));
    SafetensorsWriter.write(directory.resolve("model.safetensors"), weights(), Map.of());
    return directory;
  }

  private static Map<String, HostTensor> weights() {
    Random random = new Random(SEED);
    Map<String, HostTensor> all = new LinkedHashMap<>();
    all.put("embeddings.cls_token", random(random, 1, 1, WIDTH));
    all.put("embeddings.positions", random(random, 1, 8, WIDTH));
    linear(all, "embeddings.patch", 4 * 2, WIDTH, random);
    for (int i = 0; i < 2; i++) {
      String layer = "layers." + i + ".";
      norm(all, layer + "norm", random);
      for (String part : List.of("query", "key", "value", "output")) {
        linear(all, layer + "attention." + part, WIDTH, WIDTH, random);
      }
      linear(all, layer + "mlp.in", WIDTH, INNER, random);
      linear(all, layer + "mlp.gate", WIDTH, INNER, random);
      linear(all, layer + "mlp.out", INNER, WIDTH, random);
    }
    norm(all, "norm", random);
    return all;
  }

  private static void linear(
      Map<String, HostTensor> all, String name, int in, int out, Random random) {
    all.put(name + ".weight", random(random, out, in));
    all.put(name + ".bias", random(random, out));
  }

  private static void norm(Map<String, HostTensor> all, String name, Random random) {
    float[] ones = new float[WIDTH];
    Arrays.fill(ones, 1);
    all.put(name + ".weight", HostTensor.of(ones, WIDTH));
    all.put(name + ".bias", random(random, WIDTH));
  }

  private static HostTensor random(Random random, long... dims) {
    float[] values = new float[(int) Arrays.stream(dims).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.2 * random.nextGaussian());
    }
    return HostTensor.of(values, dims);
  }
}
