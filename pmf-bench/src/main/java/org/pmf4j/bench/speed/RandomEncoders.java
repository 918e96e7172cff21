package org.pmf4j.bench.speed;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.bench.json.JsonFile;
import org.pmf4j.core.encoder.EncoderDirectory;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.safetensors.SafetensorsWriter;

/**
 * Writes a ViT and a BERT of given sizes as directories in the Hugging Face layout, with random
 * weights of the spread that trained ones have: what they cost does not depend on what they know.
 */
final class RandomEncoders {
  private static final String WEIGHTS = "model.safetensors";

  private final EncoderLoader loader;
  private final PluginRegistry plugins;
  private final SplittableRandom random = new SplittableRandom(11);

  private RandomEncoders(EncoderLoader loader, PluginRegistry plugins) {
    this.loader = loader;
    this.plugins = plugins;
  }

  /**
   * The encoders' directories by modality; those that are there already are used again.
   *
   * @param loader over the backend that holds each tensor for a moment
   */
  static Map<String, Path> in(
      Path folder, Sizes sizes, EncoderLoader loader, PluginRegistry plugins) {
    Map<String, Path> directories = new LinkedHashMap<>();
    directories.put(RandomSamples.IMAGE, folder.resolve(RandomSamples.IMAGE));
    directories.put(RandomSamples.TEXT, folder.resolve(RandomSamples.TEXT));
    if (!directories.values().stream().allMatch(d -> Files.exists(d.resolve(WEIGHTS)))) {
      RandomEncoders made = new RandomEncoders(loader, plugins);
      made.write(
          RandomSamples.IMAGE, directories.get(RandomSamples.IMAGE), imageSizes(sizes), List.of());
      made.write(
          RandomSamples.TEXT,
          directories.get(RandomSamples.TEXT),
          textSizes(sizes),
          RandomSamples.words());
      made.setVocabulary(directories.get(RandomSamples.TEXT), sizes);
      directories.forEach(made::writeWeights);
    }
    return directories;
  }

  private static Pretraining.Sizes imageSizes(Sizes s) {
    Map<String, Integer> extra = new LinkedHashMap<>();
    extra.put("image-size", s.imageSize());
    extra.put("patch-size", Sizes.PATCH);
    extra.put("mlp-width", s.mlp());
    return new Pretraining.Sizes(s.width(), s.depth(), s.heads(), extra);
  }

  private static Pretraining.Sizes textSizes(Sizes s) {
    Map<String, Integer> extra = new LinkedHashMap<>();
    extra.put("max-length", Math.max(512, s.textTokens()));
    extra.put("mlp-width", s.mlp());
    return new Pretraining.Sizes(s.width(), s.depth(), s.heads(), extra);
  }

  private void write(
      String modality, Path directory, Pretraining.Sizes sizes, List<Source> corpus) {
    AtomicFile.createFolders(directory);
    plugins
        .modalities()
        .get(modality)
        .pretraining()
        .orElseThrow()
        .initialize(directory, sizes, corpus);
  }

  /** As many words as asked for, of which the samples use a few. */
  private void setVocabulary(Path directory, Sizes sizes) {
    Path file = directory.resolve("config.json");
    try {
      ObjectMapper json = new ObjectMapper();
      Map<String, Object> config =
          new LinkedHashMap<>(EncoderDirectory.open(directory).config().values());
      config.put("vocab_size", sizes.vocabulary());
      AtomicFile.write(file, JsonFile.text(json.valueToTree(config)));
    } catch (IllegalArgumentException e) {
      throw FileErrors.cannotWrite(file, new IOException(e.getMessage(), e));
    }
  }

  private void writeWeights(String modality, Path directory) {
    Map<String, HostTensor> values = new LinkedHashMap<>();
    List<Tensor> held = new ArrayList<>();
    try {
      loader.build(loader.spec(modality, directory, Map.of()), new Made("", values, held));
      SafetensorsWriter.write(directory.resolve(WEIGHTS), values, Map.of("format", "pt"));
    } finally {
      held.forEach(Tensor::close);
    }
  }

  /** Weights that are made as the family asks for them. */
  private final class Made implements Weights {
    private final String prefix;
    private final Map<String, HostTensor> values;
    private final List<Tensor> held;

    Made(String prefix, Map<String, HostTensor> values, List<Tensor> held) {
      this.prefix = prefix;
      this.values = values;
      this.held = held;
    }

    @Override
    public Tensor get(String name, long... dims) {
      return hold(values.computeIfAbsent(prefix + name, n -> make(n, dims)));
    }

    private HostTensor make(String name, long... dims) {
      boolean norm = dims.length == 1 && name.endsWith(".weight");
      float[] numbers = new float[Math.toIntExact(Shape.of(dims).size())];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) ((random.nextDouble() - 0.5) * 0.12 + (norm ? 1 : 0));
      }
      return HostTensor.of(numbers, dims);
    }

    private Tensor hold(HostTensor value) {
      Tensor t = loader.backend().tensor(value);
      held.add(t);
      return t;
    }

    @Override
    public Tensor matrix(String name, long... dims) {
      return get(name, dims);
    }

    @Override
    public Tensor constant(String name, HostTensor value) {
      return hold(value);
    }

    @Override
    public boolean has(String name) {
      return true;
    }

    @Override
    public Weights under(String deeper) {
      return new Made(prefix + deeper, values, held);
    }
  }
}
