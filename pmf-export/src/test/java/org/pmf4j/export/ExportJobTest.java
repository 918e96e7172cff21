package org.pmf4j.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.json.Json;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.trunk.Trunks;
import org.pmf4j.export.ExportRequest.Outputs;
import org.pmf4j.export.ExportRequest.Weights;
import org.pmf4j.export.engine.GraphSession;
import org.pmf4j.export.files.ExportFolder;
import org.pmf4j.onnx.Opset;

@DisplayName("An export")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportJobTest {
  private static final Map<String, Source> TEXT_ALONE =
      Map.of("text", new Source.Text("a big red shape"));

  private Pmf pmf;
  private Path model;

  @TempDir private Path folder;

  @BeforeAll
  void train(@TempDir Path shared) {
    pmf = Pmf.open("djl", BackendOptions.DEFAULT);
    model = shared.resolve("model");
    pmf.train(Fixtures.training(model, Fixtures.table(), "image", "text").build());
  }

  @AfterAll
  void close() {
    pmf.close();
  }

  private ExportRequest request(List<String> patterns, Outputs outputs, Weights weights) {
    return new ExportRequest(
        model,
        Map.of(),
        folder.resolve("out"),
        patterns,
        Map.of(),
        Opset.DEFAULT,
        outputs,
        weights);
  }

  private ExportReport run(ExportRequest request) {
    return Fixtures.job(pmf, request).run(Optional.empty(), Progress.SILENT);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(f -> folder.relativize(f).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  @DisplayName("holds graphs, weights once, preprocessing, a card and what servers want")
  void holdsAllThatIsNeeded() throws IOException {
    run(request(List.of(), Outputs.PREDICTIONS, Weights.ONE_FILE));
    Path out = folder.resolve("out");

    assertThat(files(out))
        .contains(
            "README.md",
            "export.json",
            "image+text.onnx",
            "image.onnx",
            "text.onnx",
            "weights.safetensors",
            "preprocessing/text/tokenizer.json",
            "preprocessing/text/config.json",
            "preprocessing/image/preprocessor_config.json",
            "triton/image_text/config.pbtxt")
        .noneMatch(f -> f.startsWith("encoders") || f.contains("preprocessing/text/model"));
    Map<String, Object> manifest =
        Json.object("export.json", Files.readString(out.resolve("export.json")));
    assertThat(manifest)
        .containsEntry("labels", List.of("circle", "square", "triangle"))
        .containsEntry("task", "single-label")
        .containsEntry("longest", Map.of("text", 24))
        .containsEntry("opset", 20);
    assertThat(Files.readString(out.resolve("README.md")))
        .contains("`text.input_ids`", "circle, square, triangle", "InferenceSession")
        .contains("no prediction differs")
        .contains("than an encoder has positions for (text: 24)");
    assertThat(Files.readString(out.resolve("triton/image_text/config.pbtxt")))
        .contains("name: \"text.input_ids\"", "dims: [ -1 ]", "dims: [ 3 ]", "TYPE_INT64");
    try (SafetensorsFile weights = SafetensorsFile.open(out.resolve("weights.safetensors"))) {
      assertThat(weights.names()).anyMatch(n -> n.startsWith("text.encoder.layer.0."));
      assertThat(weights.names()).noneMatch(n -> n.startsWith("/"));
    }
    try (Stream<Path> beside = Files.list(folder)) {
      assertThat(beside).containsExactly(out);
    }
  }

  @Test
  @DisplayName("predicts what the model predicts, for one row and for several of any length")
  void predictsTheSame() {
    run(request(List.of("text"), Outputs.PREDICTIONS, Weights.ONE_FILE));
    List<Example> rows =
        Stream.of("red", "a big red shape near a small blue one", "the")
            .map(t -> Example.of(Map.of("text", new Source.Text(t))))
            .toList();
    try (Classifier classifier = pmf.load(model);
        FusedModel prepares = pmf.saved(model, Map.of()).assemble();
        Trunks trunks = prepares.trunks();
        GraphSession session = GraphSession.open(folder.resolve("out/text.onnx"))) {
      List<Prediction> expected = classifier.predict(rows, Progress.SILENT);
      HostTensor together = run(session, trunks, rows).get("probabilities");
      for (int i = 0; i < rows.size(); i++) {
        float[] alone = run(session, trunks, List.of(rows.get(i))).get("logits").floats();
        // Sums in another order; 1e-6 was measured
        assertThat(alone).containsExactly(expected.get(i).logits(), within(1e-4f));
        double best = expected.get(i).top(1).get(0).probability();
        float[] all = together.floats();
        assertThat(Math.max(all[3 * i], Math.max(all[3 * i + 1], all[3 * i + 2])))
            .isCloseTo((float) best, within(1e-4f));
      }
    }
  }

  private static Named<HostTensor> run(GraphSession session, Trunks trunks, List<Example> rows) {
    Named<HostTensor> inputs = trunks.prepare(rows).encoderInput("text");
    return session.run(inputs.prefixed("text."));
  }

  @Test
  @DisplayName("gives pooled vectors where these are asked for")
  void givesPooledVectors() {
    run(request(List.of("text"), Outputs.POOLED_TOO, Weights.ONE_FILE));
    try (GraphSession session = GraphSession.open(folder.resolve("out/text.onnx"));
        FusedModel prepares = pmf.saved(model, Map.of()).assemble();
        Trunks trunks = prepares.trunks()) {
      Named<HostTensor> found = run(session, trunks, List.of(Example.of(TEXT_ALONE)));
      assertThat(found.names()).containsExactly("logits", "probabilities", "text.pooled");
      assertThat(found.get("text.pooled").shape().dims()).containsExactly(1, 16);
    }
  }

  @Test
  @DisplayName("leaves encoders' weights in their own files, if that is wanted")
  void linksEncoders() throws IOException {
    ExportReport report = run(request(List.of(), Outputs.PREDICTIONS, Weights.LINKED_ENCODERS));
    Path out = folder.resolve("out");
    assertThat(report.linkedWeights()).isPositive();
    assertThat(files(out))
        .contains("encoders/image/model.safetensors", "encoders/text/model.safetensors");
    try (SafetensorsFile weights = SafetensorsFile.open(out.resolve("weights.safetensors"))) {
      assertThat(weights.names()).noneMatch(n -> n.startsWith("text.encoder.layer.0."));
    }
  }

  @Test
  @DisplayName("replaces an earlier one, and nothing else")
  void replacesExportsAlone() throws IOException {
    run(request(List.of("text"), Outputs.PREDICTIONS, Weights.ONE_FILE));
    run(request(List.of("image"), Outputs.PREDICTIONS, Weights.ONE_FILE));
    assertThat(files(folder.resolve("out"))).contains("image.onnx").doesNotContain("text.onnx");

    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("thesis.txt"), "years of work");
    assertThatThrownBy(() -> ExportFolder.begin(other))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("no export");
    assertThatThrownBy(() -> ExportFolder.begin(other.resolve("thesis.txt")))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("no folder");
    assertThat(files(other)).containsExactly("thesis.txt");
  }

  @Test
  @DisplayName("is made for patterns that the model takes, and lengths that samples have")
  void refusesWhatTheModelHasNot() {
    refused(List.of("image+sound"), Map.of(), "'sound'", "image, text");
    refused(List.of(""), Map.of(), "image, text");
    refused(List.of("text"), Map.of("sound", 3L), "'sound'", "they take text");
    refused(List.of("text"), Map.of("image", 3L), "'image'", "they take text");
    refused(List.of("image+text"), Map.of("image", 3L), "one shape");
    refused(List.of("text"), Map.of("text", 0L), "1 or more");
    refused(List.of("text"), Map.of("text", 2L), "too short");
    refused(List.of("text"), Map.of("text", 25L), "text=25", "24");
    assertThat(folder).isEmptyDirectory();
  }

  private void refused(List<String> patterns, Map<String, Long> lengths, String... told) {
    ExportRequest request =
        new ExportRequest(
            model,
            Map.of(),
            folder.resolve("out"),
            patterns,
            lengths,
            Opset.DEFAULT,
            Outputs.PREDICTIONS,
            Weights.ONE_FILE);
    assertThatThrownBy(() -> run(request))
        .isInstanceOf(PmfException.class)
        .hasMessageContainingAll(told)
        .hasMessageNotContaining("\n");
  }

  @Test
  @DisplayName("fixes a length that is asked for, and fills shorter samples")
  void fixesLengths() {
    ExportReport report =
        run(
            new ExportRequest(
                model,
                Map.of(),
                folder.resolve("out"),
                List.of("text"),
                Map.of("text", 20L),
                Opset.DEFAULT,
                Outputs.PREDICTIONS,
                Weights.ONE_FILE));
    assertThat(report.graphs().get(0).file().graph().inputs().get("text").length()).isEqualTo(20);
    assertThat(report.graphs().get(0).agreement().largest()).isLessThan(ExportJob.TOLERANCE);
  }

  @Test
  @DisplayName("is no export where a graph computes something else")
  void seesOtherNumbers() {
    ExportRequest request = request(List.of("text"), Outputs.PREDICTIONS, Weights.ONE_FILE);
    Path other = folder.resolve("model");
    pmf.train(
        Fixtures.training(other, Fixtures.table(), "image", "text")
            .training(TrainSettings.DEFAULT.with("epochs", 3).with("batch-size", 4))
            .build());
    ExportJob job = new ExportJob(pmf, pmf.saved(other, Map.of()), request);
    assertThatThrownBy(() -> job.run(Optional.empty(), Progress.SILENT))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("text.onnx: its logits differ")
        .hasMessageContaining("nothing is exported");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
