package org.pmf4j.core.pmf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.transformer.StandardTransformerLayers;

/** Frozen encoders of any size with random weights of the spread that trained ones have. */
final class RandomEncoders implements AutoCloseable {
  private final Backend backend;
  private final PluginRegistry plugins;
  private final List<Tensor> tensors = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(11);
  private long parameters;

  RandomEncoders(Backend backend, PluginRegistry plugins) {
    this.backend = backend;
    this.plugins = plugins;
  }

  /** A ViT for pictures of 224 × 224 and a BERT, both of the base size. */
  Named<Encoder> base() {
    Map<String, Encoder> encoders = new LinkedHashMap<>();
    encoders.put("image", build("vit", Map.of()));
    encoders.put("text", build("bert", Map.of("vocab_size", 30522)));
    return Named.of(encoders);
  }

  private Encoder build(String type, Map<String, Object> config) {
    return plugins
        .encoderFamilies()
        .get(type)
        .build(new EncoderConfig(type, config), new Random(""), new StandardTransformerLayers());
  }

  long parameters() {
    return parameters;
  }

  @Override
  public void close() {
    tensors.forEach(Tensor::close);
  }

  private final class Random implements Weights {
    private final String prefix;

    Random(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public Tensor get(String name, long... dims) {
      boolean norm = dims.length == 1 && name.endsWith(".weight");
      float[] values = new float[Math.toIntExact(Shape.of(dims).size())];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((random.nextDouble() - 0.5) * 0.12 + (norm ? 1 : 0));
      }
      Tensor t = backend.tensor(HostTensor.of(values, dims));
      tensors.add(t);
      parameters += values.length;
      return t;
    }

    @Override
    public Tensor matrix(String name, long... dims) {
      return get(name, dims);
    }

    @Override
    public Tensor constant(String name, HostTensor value) {
      Tensor t = backend.tensor(value);
      tensors.add(t);
      return t;
    }

    @Override
    public boolean has(String name) {
      return true;
    }

    @Override
    public Weights under(String deeper) {
      return new Random(prefix + deeper);
    }
  }
}
