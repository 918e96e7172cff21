package org.pmf4j.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.encoder.EncoderDirectory;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.RunPlan;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.safetensors.SafetensorsWriter;
import org.pmf4j.core.training.TrainSettings;

/** The fixtures are what {@code make_whole_fixtures.py} wrote under each version. */
@DisplayName("A whole CLIP or SigLIP is an encoder of texts and one of images")
class WholeModelTest {
  /** As in {@link EncoderParityTest}. */
  private static final double TOLERANCE = 1e-4;

  /** Pixels are made of bytes alike; a last bit may differ. */
  private static final double PIXELS = 1e-6;

  private static Pmf pmf;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    pmf = Pmf.open("djl", BackendOptions.DEFAULT);
  }

  @AfterAll
  static void close() {
    pmf.close();
  }

  static Stream<Path> models() {
    return Stream.of("whole-4", "whole-5").flatMap(version -> Fixtures.folders(version).stream());
  }

  @ParameterizedTest(name = "texts and pictures of {0}")
  @MethodSource("models")
  @DisplayName("From texts and pictures on, both halves are what transformers has")
  void bothHalves(Path model) {
    Map<String, HostTensor> expected = Fixtures.tensors(model.resolve("expected.safetensors"));
    for (String half : new String[] {"text", "image"}) {
      Path out = folder.resolve(half + ".safetensors");
      pmf.encode()
          .table(
              model,
              Map.of(),
              model.resolve("table.csv"),
              half,
              out,
              MatrixPrecision.FLOAT32,
              Progress.SILENT);
      Map<String, HostTensor> found = Fixtures.tensors(out);
      of(half, expected).forEach((name, e) -> assertAgrees(name, found.get(name), e));
    }
  }

  private static void assertAgrees(String name, HostTensor found, HostTensor expected) {
    assertThat(found).as(name).isNotNull();
    if (expected.dtype() == DType.INT64) {
      assertThat(found.longs()).as(name).containsExactly(expected.longs());
      return;
    }
    Differences.assertClose(
        name, found, expected, name.equals("pixel_values") ? PIXELS : TOLERANCE);
  }

  private static Map<String, HostTensor> of(String half, Map<String, HostTensor> all) {
    Map<String, HostTensor> some = new LinkedHashMap<>();
    all.forEach(
        (name, t) -> {
          if (name.startsWith(half + ".")) {
            some.put(name.substring(half.length() + 1), t);
          }
        });
    return some;
  }

  private TrainConfigBuilder config(Path model, String image) {
    return TrainConfig.builder()
        .data(model.resolve("table.csv"))
        .out(folder.resolve("model"))
        .cache(CacheConfig.NONE)
        .training(TrainSettings.DEFAULT.with("epochs", 1).with("batch-size", 2))
        .encoder(image, model)
        .encoder("text", model);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  @DisplayName("One directory is both encoders of a model, which is trained, saved and loaded")
  void fused(Path model) {
    TrainConfig config = config(model, "image").build();
    RunPlan plan = pmf.plan(config);
    assertThat(plan.encoders().get("image").spec().directory())
        .isSameAs(plan.encoders().get("text").spec().directory());
    pmf.train(config);
    try (Classifier classifier = pmf.load(folder.resolve("model"))) {
      assertThat(classifier.config().encoders())
          .extracting(base -> base.name() + " " + base.settings().get("modality"))
          .containsExactly("image image", "text text");
      assertThat(classifier.encoders().get("image").unused()).isEmpty();
      assertThat(classifier.encoders().get("text").unused()).isEmpty();
    }
  }

  @Test
  @DisplayName("Another name than a modality's leaves open which it is, which is said in one line")
  void undecided() {
    Path model = Fixtures.root().resolve("whole-4/clip");
    assertThatThrownBy(() -> pmf.plan(config(model, "photo").build()))
        .hasMessage(
            model
                + ": a clip encodes image or text; say which of them encoder photo is to be by its"
                + " setting modality: --encoder-setting photo.modality=image, in pmf encode"
                + " --encoder-setting modality=image");
    TrainConfig decided =
        config(model, "photo").encoderSetting("photo", "modality", "image").build();
    assertThat(pmf.plan(decided).encoders().get("photo").spec().modality().name())
        .isEqualTo("image");
  }

  @Test
  @DisplayName("A model that was saved before there were settings has its images")
  void former() {
    Path model = Fixtures.root().resolve("whole-4/clip");
    EncoderDirectory directory = EncoderDirectory.open(model);
    assertThat(pmf.encoderLoader().formerSpec("photo", directory).modality().name())
        .isEqualTo("image");
    assertThat(pmf.encoderLoader().formerSpec("text", directory).modality().name())
        .isEqualTo("image");
  }

  @Test
  @DisplayName("Inputs that were made elsewhere need the setting, and ids outside are refused")
  void inputs() {
    Path model = Fixtures.root().resolve("encoders/clip-whole-texts");
    assertThatThrownBy(() -> encode(model, Map.of(), model.resolve("inputs.safetensors")))
        .hasMessageEndingWith(
            "say which of them the encoder is to be by its setting modality: --encoder-setting"
                + " modality=image");
    Path ids = folder.resolve("ids.safetensors");
    SafetensorsWriter.write(
        ids, Map.of("input_ids", HostTensor.of(new long[] {1, 50}, 1, 2)), Map.of());
    assertThatThrownBy(() -> encode(model, Map.of("modality", "text"), ids))
        .hasMessageContaining("tensor input_ids has values outside 0 to 49");
  }

  @ParameterizedTest(name = "{0} with {1}")
  @CsvSource({
    "siglip2, siglip2_text_model, 'none of these is known either; for others put a plugin''s jar'",
    "clap, clap_text_model, none of these is known either",
    "vision-text-dual-encoder, bert, save the one that is known with save_pretrained(folder)"
  })
  @DisplayName("Other models of several are refused, with what can be read of them")
  void others(String type, String part, String advice) throws IOException {
    Path inputs = Fixtures.root().resolve("encoders/clip-whole-texts/inputs.safetensors");
    Path model = Files.createDirectory(folder.resolve("model"));
    EncoderConfig.write(
        model.resolve("config.json"),
        Map.of("model_type", type, "text_config", Map.of("model_type", part)));
    assertThatThrownBy(() -> encode(model, Map.of(), inputs))
        .hasMessageContaining("unknown model_type \"" + type + "\"; known: ")
        .hasMessageContaining("made of several models, of which text_config is a " + part)
        .hasMessageContaining(advice);
  }

  private void encode(Path model, Map<String, String> settings, Path inputs) {
    pmf.encode()
        .inputs(
            model,
            settings,
            inputs,
            folder.resolve("out.safetensors"),
            MatrixPrecision.FLOAT32,
            Progress.SILENT);
  }
}
