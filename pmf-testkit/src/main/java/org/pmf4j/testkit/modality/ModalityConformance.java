package org.pmf4j.testkit.modality;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Pretraining.Sizes;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/**
 * What every modality and its encoder family must pass, together. A plugin's test class extends
 * this one and hands over both, an encoder's directory, samples, what is no sample, and a backend.
 *
 * <p>The encoder runs with random weights. The tests come by concern, as nested classes. Tests run
 * by one thread.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ModalityConformance {
  private Path work;
  private Backend backend;
  private Path encoder;
  private List<Source> samples;

  /** For the test class that extends this one. */
  protected ModalityConformance() {}

  /** The modality under test. */
  protected abstract Modality modality();

  /** The family of its encoders that is tested with it. */
  protected abstract EncoderFamily family();

  /**
   * Writes {@code config.json} and the files of the preprocessing, without weights: by {@link
   * #pretrain}, or from a fixture.
   *
   * @param folder an existing, empty one
   */
  protected abstract void writeEncoder(Path folder);

  /** The same for an encoder whose preprocessing differs: its fingerprint must, too. */
  protected abstract void writeOtherEncoder(Path folder);

  /**
   * Three samples or more, of different lengths where the modality has lengths.
   *
   * @param folder an existing one, for files that the samples are in
   */
  protected abstract List<Source> samples(Path folder);

  /**
   * Sources that cannot be read, such as damaged files; one that does not exist is tested anyway.
   *
   * @param folder an existing one, for their files
   */
  protected abstract List<Source> badSources(Path folder);

  /** What runs the encoder. */
  protected abstract BackendFactory backend();

  /** The host's layers: the testkit's own, unless overridden for families with position rules. */
  protected TransformerLayers layers() {
    return new PlainLayers();
  }

  /** How many layers the configuration asks for: {@code num_hidden_layers}, unless overridden. */
  protected int depth(EncoderConfig config) {
    return config.size("num_hidden_layers");
  }

  /**
   * Writes an encoder's directory by the modality's pretraining: width 16, two layers, two heads.
   *
   * @param extra the modality's own sizes
   */
  protected final void pretrain(Path folder, Map<String, Integer> extra) {
    modality().pretraining().orElseThrow().initialize(folder, sizes(extra), samples);
  }

  static Sizes sizes(Map<String, Integer> extra) {
    return new Sizes(16, 2, 2, extra);
  }

  @BeforeAll
  final void prepareAll(@TempDir Path folder) {
    work = folder;
    backend = backend().open(new BackendOptions("cpu", 1));
    samples = List.copyOf(samples(folder("samples")));
    encoder = folder("encoder");
    writeEncoder(encoder);
  }

  @AfterAll
  final void closeAll() {
    if (backend != null) {
      backend.close();
    }
  }

  final Path folder(String name) {
    try {
      return Files.createDirectories(work.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final Backend openBackend() {
    return backend;
  }

  final List<Source> allSamples() {
    return samples;
  }

  final EncoderConfig config() {
    return EncoderConfig.read(encoder.resolve("config.json"));
  }

  final Preprocessor preprocessor() {
    return modality().preprocessor(encoder, family().modelType());
  }

  final List<Named<HostTensor>> prepared(Preprocessor preprocessor) {
    List<Named<HostTensor>> all = new ArrayList<>();
    samples.forEach(s -> all.add(preprocessor.prepare(s)));
    return all;
  }

  @Nested
  @DisplayName("Cells")
  class Cells extends CellTests {
    Cells() {
      super(ModalityConformance.this);
    }
  }

  @Nested
  @DisplayName("Preparing")
  class Preparing extends PreparingTests {
    Preparing() {
      super(ModalityConformance.this);
    }
  }

  @Nested
  @DisplayName("Batches")
  class Batches extends BatchTests {
    Batches() {
      super(ModalityConformance.this);
    }
  }

  @Nested
  @DisplayName("The encoder")
  class Encoders extends EncoderTests {
    Encoders() {
      super(ModalityConformance.this);
    }
  }

  @Nested
  @DisplayName("The last layer")
  class Prompts extends PromptTests {
    Prompts() {
      super(ModalityConformance.this);
    }
  }

  @Nested
  @DisplayName("Weights")
  class WeightNames extends WeightTests {
    WeightNames() {
      super(ModalityConformance.this);
    }
  }

  @Nested
  @DisplayName("Pretraining")
  class FromScratch extends PretrainingTests {
    FromScratch() {
      super(ModalityConformance.this);
    }
  }

  @Nested
  @DisplayName("Sources that cannot be read")
  class BadSources extends BadSourceTests {
    BadSources() {
      super(ModalityConformance.this);
    }
  }
}
