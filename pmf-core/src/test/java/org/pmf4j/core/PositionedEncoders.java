package org.pmf4j.core;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.BatchCodec;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.transformer.StandardTransformerLayers;

/** Tiny random encoders by the name of their parity fixture, on inputs that were made for them. */
public final class PositionedEncoders implements AutoCloseable {
  private final PluginRegistry plugins =
      PluginRegistry.discover(PositionedEncoders.class.getClassLoader());
  private final Backend backend = plugins.backends().get("djl").open(BackendOptions.DEFAULT);
  private final EncoderLoader loader =
      new EncoderLoader(backend, plugins, new StandardTransformerLayers());
  private final Map<String, LoadedEncoder> loaded = new LinkedHashMap<>();

  public Backend backend() {
    return backend;
  }

  /** An encoder; stays this object's. */
  public Encoder encoder(String fixture) {
    return loaded
        .computeIfAbsent(
            fixture,
            f -> loader.loadWithoutPreprocessing(folder(f), Map.of(), MatrixPrecision.FLOAT32))
        .encoder();
  }

  /**
   * What enters an encoder's last layers.
   *
   * @param last how many
   * @return {@code states} and, where there is padding, {@code mask}; the caller closes them
   */
  public TrunkOutput<Tensor> trunk(String fixture, int last) {
    Encoder encoder = encoder(fixture);
    Named<Tensor> inputs = inputs(fixture).map(backend::tensor);
    try (Program program =
        backend.inference(
            "trunk",
            in -> {
              Tokens tokens = encoder.embed(in);
              for (EncoderLayer layer : encoder.layers().subList(0, encoder.depth() - last)) {
                tokens = layer.apply(tokens);
              }
              return BatchCodec.names(
                  new TrunkOutput<>(
                      tokens.states(),
                      Optional.ofNullable(tokens.mask()),
                      Optional.empty(),
                      Named.none()));
            })) {
      return BatchCodec.trunk(program.run(inputs));
    } finally {
      inputs.asMap().values().forEach(Tensor::close);
    }
  }

  private static Named<HostTensor> inputs(String fixture) {
    Map<String, HostTensor> inputs = new LinkedHashMap<>();
    try (SafetensorsFile file =
        SafetensorsFile.open(folder(fixture).resolve("inputs.safetensors"))) {
      file.names().forEach(name -> inputs.put(name, file.tensor(name)));
    }
    return Named.of(inputs);
  }

  private static Path folder(String fixture) {
    try {
      return Path.of(PositionedEncoders.class.getResource("/parity/encoders/" + fixture).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    loaded.values().forEach(LoadedEncoder::close);
    backend.close();
  }
}
