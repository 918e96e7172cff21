package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.safetensors.SafetensorsWriter;
import org.pmf4j.core.transformer.StandardTransformerLayers;
import org.slf4j.LoggerFactory;

@DisplayName("An encoder family of version 1, which tells no shape")
class FamilyWithoutShapeTest {
  private static final String TYPE = "of-version-1";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @TempDir private Path folder;

  @BeforeEach
  void listen() {
    log.start();
    ((Logger) LoggerFactory.getLogger(EncoderLoader.class)).addAppender(log);
  }

  @AfterEach
  void stopListening() {
    ((Logger) LoggerFactory.getLogger(EncoderLoader.class)).detachAppender(log);
  }

  /** BERT, as a plugin would have written it before there was a shape to tell. */
  private record First(EncoderFamily bert) implements PmfPlugin, EncoderFamily {
    @Override
    public String name() {
      return "first";
    }

    @Override
    public int apiVersion() {
      return 1;
    }

    @Override
    public List<EncoderFamily> encoderFamilies() {
      return List.of(this);
    }

    @Override
    public String modelType() {
      return TYPE;
    }

    @Override
    public String modality() {
      return bert.modality();
    }

    @Override
    public boolean ignores(String name) {
      return bert.ignores(name);
    }

    @Override
    public Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers) {
      return bert.build(config, weights, layers);
    }
  }

  @Test
  @DisplayName("is built to ask for its shape, and warns of weights that are not used once")
  void warnsOnce() throws Exception {
    Path source = Path.of(getClass().getResource("/parity/pmf/encoders/text-16").toURI());
    String config = Files.readString(source.resolve("config.json"));
    Files.writeString(folder.resolve("config.json"), config.replace("\"bert\"", '"' + TYPE + '"'));
    Files.copy(source.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
    Map<String, HostTensor> weights = new LinkedHashMap<>();
    try (SafetensorsFile file = SafetensorsFile.open(source.resolve("model.safetensors"))) {
      file.names().forEach(name -> weights.put(name, file.tensor(name)));
    }
    weights.put("left.over", HostTensor.of(new float[] {1}, 1));
    SafetensorsWriter.write(folder.resolve("model.safetensors"), weights, Map.of());
    try (PluginRegistry found = PluginRegistry.discover(getClass().getClassLoader());
        PluginRegistry plugins =
            new PluginRegistry(List.of(new First(found.encoderFamilies().get("bert", "text"))));
        Backend backend = found.backends().get(Checked.BACKEND).open(BackendOptions.DEFAULT)) {
      EncoderLoader loader = new EncoderLoader(backend, plugins, new StandardTransformerLayers());

      try (LoadedEncoder loaded =
          loader.loadWithoutPreprocessing(folder, Map.of(), MatrixPrecision.FLOAT32)) {
        EncoderShape shape = loader.shape(loaded.spec());
        assertThat(shape).isEqualTo(EncoderShape.of(loaded.encoder()));
        assertThat(loaded.unused()).containsExactly("left.over");
      }
    }
    Checked.foundNothing();
    assertThat(log.list)
        .filteredOn(line -> line.getLevel() == Level.WARN)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(folder + ": not used: [left.over]");
  }
}
