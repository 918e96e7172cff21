package org.pmf4j.testkit.modality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Pretraining.Sizes;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/** Encoders from scratch; skipped where the modality offers none. */
abstract class PretrainingTests {
  private final ModalityConformance suite;
  private Pretraining pretraining;

  PretrainingTests(ModalityConformance suite) {
    this.suite = suite;
  }

  @BeforeEach
  void isOffered() {
    Assumptions.assumeTrue(
        suite.modality().pretraining().isPresent(), "the modality offers no pretraining");
    pretraining = suite.modality().pretraining().orElseThrow();
  }

  @Test
  @DisplayName("writes a directory that the preprocessor and a family read")
  void directory() {
    Path folder = suite.folder("fresh");
    pretraining.initialize(folder, ModalityConformance.sizes(Map.of()), suite.allSamples());
    EncoderConfig config = EncoderConfig.read(folder.resolve("config.json"));
    assertThat(config.text("model_type", "")).isEqualTo(pretraining.modelType());
    try (Preprocessor preprocessor =
        suite.modality().preprocessor(folder, pretraining.modelType())) {
      assertThat(suite.prepared(preprocessor)).isNotEmpty();
    }
  }

  @Test
  @DisplayName("writes the same files from the same data and sizes, and leaves nothing beside them")
  void reproducible() throws IOException {
    Map<String, String> files = files("one");
    assertThat(files).containsKey("config.json").isEqualTo(files("two"));
    assertThat(files.keySet()).noneMatch(name -> name.endsWith(".tmp"));
  }

  private Map<String, String> files(String name) throws IOException {
    Path folder = suite.folder(name);
    pretraining.initialize(folder, ModalityConformance.sizes(Map.of()), suite.allSamples());
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return files;
  }

  @Test
  @DisplayName(
      "refuses sizes that it does not know and sizes that cannot be, and then writes nothing")
  void badSizes() {
    refused("unknown", new Sizes(16, 2, 2, Map.of("no-such-size", 3)), "no-such-size");
    refused("heads", new Sizes(15, 2, 2, Map.of()), "15");
    refused("depth", new Sizes(16, 0, 2, Map.of()), "depth");
  }

  private void refused(String name, Sizes sizes, String told) {
    Path folder = suite.folder("refused " + name);
    assertThatThrownBy(() -> pretraining.initialize(folder, sizes, suite.allSamples()))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USAGE))
        .hasMessageContaining(told);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @DisplayName("augments to the same names, types and shapes, the same bits from the same seed")
  void augmentation() {
    try (Preprocessor preprocessor = suite.preprocessor()) {
      for (Named<HostTensor> sample : suite.prepared(preprocessor)) {
        for (long seed = 0; seed < 20; seed++) {
          Named<HostTensor> changed = pretraining.augment(sample, new Random(seed));
          assertThat(changed.names()).isEqualTo(sample.names());
          for (String name : changed.names()) {
            assertThat(changed.get(name).toString()).isEqualTo(sample.get(name).toString());
          }
          Named<HostTensor> again = pretraining.augment(sample, new Random(seed));
          PreparingTests.assertSame(List.of(again), List.of(changed));
        }
      }
    }
  }

  @Test
  @DisplayName("leaves the sample that is augmented as it was")
  void augmentationCopies() {
    try (Preprocessor preprocessor = suite.preprocessor()) {
      List<Named<HostTensor>> samples = suite.prepared(preprocessor);
      samples.forEach(s -> pretraining.augment(s, new Random(1)));
      PreparingTests.assertSame(suite.prepared(preprocessor), samples);
    }
  }
}
