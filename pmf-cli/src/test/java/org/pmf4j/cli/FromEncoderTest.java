package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.checkpoint.EncoderFiles;
import org.pmf4j.core.pretrain.InitialEncoder;
import org.pmf4j.core.pretrain.PretrainConfig;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.store.TensorStore;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener;

@DisplayName("pmf pretrain --from")
class FromEncoderTest {
  @TempDir private Path folder;

  /** All on one backend; on the other, which compiles each anew, one of each kind of arithmetic. */
  static Stream<Arguments> encoders() {
    Stream<String> some =
        Stream.of("vit-patch-8", "clip-whole", "bert-gelu", "modernbert", "ast", "wav2vec2");
    return Stream.concat(
        ExistingEncoder.all().map(e -> Arguments.of(e, "checking-djl")),
        some.map(name -> Arguments.of(ExistingEncoder.named(name), "checking-tf")));
  }

  @ParameterizedTest(name = "trains {0} further on {1}, in the layout it came in")
  @MethodSource("encoders")
  void trainsFurther(ExistingEncoder existing, String backend) throws IOException {
    Path encoder = existing.encoder(folder);
    Path out = folder.resolve("out");
    tune(existing, encoder, out, "--goal", "single-label", "--backend", backend).succeeded();

    List<Double> losses = losses(out);
    assertThat(losses).hasSize(6).allSatisfy(loss -> assertThat(loss).isFinite());
    assertThat(losses.get(5)).isLessThan(losses.get(0));
    assertThat(Files.readString(out.resolve("config.json")))
        .isEqualTo(Files.readString(encoder.resolve("config.json")));
    Map<String, HostTensor> before = tensors(encoder);
    Map<String, HostTensor> after = tensors(out);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.forEach((k, v) -> assertThat(v.shape()).as(k).isEqualTo(before.get(k).shape()));
    assertThat(changed(before, after)).isNotEmpty();
    Path hidden = folder.resolve("hidden.safetensors");
    Outcome.of(
            "encode",
            "--encoder",
            out,
            "--encoder-setting",
            "modality=" + existing.modality(),
            "--inputs",
            existing.inputs(),
            "--out",
            hidden,
            "--backend",
            backend)
        .succeeded();
  }

  @ParameterizedTest(name = "leaves {1} of {0}, which its encoder does not use, as it is")
  @CsvSource({
    "bert-sequence-classification, classifier.weight, bert.encoder.layer.1.output.dense.weight",
    "bert-sequence-classification, bert.pooler.dense.weight, bert.embeddings.word_embeddings.weight",
    "vit-image-classification, classifier.weight, vit.layernorm.weight",
    "clip-whole, text_model.final_layer_norm.weight, vision_model.post_layernorm.weight",
    "clip-whole, visual_projection.weight, vision_model.embeddings.class_embedding",
    "roberta-masked-lm, lm_head.dense.weight, roberta.encoder.layer.0.attention.self.key.weight",
  })
  void leavesTheRest(String fixture, String untrained, String trained) throws IOException {
    ExistingEncoder existing = ExistingEncoder.named(fixture);
    Path encoder = existing.encoder(folder);
    Path out = folder.resolve("out");
    tune(existing, encoder, out, "--goal", "single-label").succeeded();
    Map<String, HostTensor> before = tensors(encoder);
    assertThat(changed(before, tensors(out))).contains(trained).doesNotContain(untrained);
    assertThat(before).containsKey(untrained);
  }

  @ParameterizedTest(name = "lowers the loss of masked tokens of a {0} on {1}")
  @CsvSource({
    "bert-gelu, checking-djl",
    "bert-gelu, checking-tf",
    "roberta-masked-lm, checking-djl",
    "modernbert, checking-tf"
  })
  void masksTokens(String fixture, String backend) throws IOException {
    ExistingEncoder existing = ExistingEncoder.named(fixture);
    Path out = folder.resolve("out");
    tune(existing, existing.encoder(folder), out, "--backend", backend).succeeded();
    List<Double> losses = losses(out);
    assertThat(losses.get(5)).isLessThan(losses.get(0));
  }

  @Test
  @DisplayName("goes on, after it was stopped, to the weights of an uninterrupted run")
  void resumes() throws IOException {
    ExistingEncoder existing = ExistingEncoder.named("vit-image-classification");
    Path encoder = existing.encoder(folder);
    Path table = existing.table(folder);
    try (Pmf pmf = Checked.open()) {
      PretrainConfig whole = config(encoder, table, folder.resolve("whole"), false);
      pmf.pretrain(whole, Progress.SILENT, TrainingListener.NONE);
      TrainingListener stop =
          epoch -> {
            if (epoch.number() == 2) {
              throw new IllegalStateException("stopped");
            }
          };
      PretrainConfig first = config(encoder, table, folder.resolve("parts"), false);
      assertThatThrownBy(() -> pmf.pretrain(first, Progress.SILENT, stop)).hasMessage("stopped");
      assertThat(folder.resolve("parts/model.safetensors")).doesNotExist();
      PretrainConfig rest = config(encoder, table, folder.resolve("parts"), true);
      pmf.pretrain(rest, Progress.SILENT, TrainingListener.NONE);
    }
    Checked.foundNothing();
    assertThat(folder.resolve("parts/model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("whole/model.safetensors"));
  }

  @ParameterizedTest(name = "of {0} with {1} {2} is refused: {3}")
  @CsvSource({
    "vit-patch-8, --width, 64, width 64 contradicts",
    "clip-whole, --patch-size, 5, patch-size 5 contradicts",
    "bert-gelu, --vocabulary-size, 9, vocab-size 9 contradicts",
    "ast, --sampling-rate, 16000, sampling-rate 16000 contradicts",
    "bert-gelu, --mel-bins, 16, tells no mel-bins",
  })
  void sizesOfItsOwn(String fixture, String option, String value, String told) throws IOException {
    ExistingEncoder existing = ExistingEncoder.named(fixture);
    Path encoder = existing.encoder(folder);
    tune(existing, encoder, folder.resolve("out"), option, value)
        .wasRefused(told, "an existing encoder keeps its sizes");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  @DisplayName("takes sizes that agree, and refuses encoders of other modalities and none")
  void refuses() throws IOException {
    ExistingEncoder existing = ExistingEncoder.named("vit-patch-8");
    Path encoder = existing.encoder(folder);
    Path out = folder.resolve("out");
    tune(existing, encoder, out, "--modality", "text").wasRefused(encoder, "image", "text");
    tune(existing, folder.resolve("none"), out).wasRefused("no such encoder directory");
    tune(existing, encoder, out, "--width", 12, "--depth", 2, "--image-size", 16).succeeded();
    tune(existing, encoder, out).wasRefused(out, "holds an encoder already");
  }

  private Outcome tune(ExistingEncoder existing, Path encoder, Path out, Object... more)
      throws IOException {
    Object[] words = {
      "pretrain",
      "--modality",
      existing.modality(),
      "--data",
      existing.table(folder),
      "--from",
      encoder,
      "--out",
      out,
      "--epochs",
      6,
      "--batch-size",
      6,
      "--no-augmentation",
      "--learning-rate",
      3e-3
    };
    return Outcome.of(FixtureSamples.with(words, more));
  }

  private static PretrainConfig config(Path encoder, Path table, Path out, boolean resume) {
    return new PretrainConfig(
        "image",
        new InitialEncoder.Existing(encoder, Map.of()),
        table,
        Optional.of(table),
        out,
        PretrainConfig.Goal.SINGLE_LABEL,
        true,
        TrainSettings.DEFAULT.with("epochs", 4).with("batch-size", 4),
        resume);
  }

  private static List<Double> losses(Path out) throws IOException {
    List<Double> losses = new ArrayList<>();
    for (String line : Files.readAllLines(out.resolve("train_log.jsonl"))) {
      JsonNode entry = new ObjectMapper().readTree(line);
      if (entry.has("epoch_end")) {
        losses.add(entry.path("train_loss").asDouble());
      }
    }
    return losses;
  }

  private static List<String> changed(
      Map<String, HostTensor> before, Map<String, HostTensor> after) {
    return before.keySet().stream()
        .filter(name -> !before.get(name).data().equals(after.get(name).data()))
        .toList();
  }

  private static Map<String, HostTensor> tensors(Path encoder) {
    Map<String, HostTensor> all = new TreeMap<>();
    try (TensorStore store = EncoderFiles.of(encoder).open()) {
      store.names().forEach(name -> all.put(name, store.tensor(name)));
    }
    return all;
  }
}
