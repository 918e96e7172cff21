package org.pmf4j.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.safetensors.SafetensorsWriter;
import org.pmf4j.core.trunk.Trunks;
import org.pmf4j.export.check.MadeUpRows;
import org.pmf4j.export.check.PatternRows;
import org.pmf4j.export.engine.GraphSession;
import org.pmf4j.export.files.GraphFile;
import org.pmf4j.export.graph.ModalityInputs;
import org.pmf4j.export.graph.PatternBody;
import org.pmf4j.onnx.Opset;

/**
 * Runs {@code src/test/python/check_export.py} by the interpreter that the environment variable
 * {@code PMF_PYTHON} names, else by {@code python3}, and {@code check_triton.py} beside it; skipped
 * where that has not what they import.
 */
@DisplayName("onnx.checker and ONNX Runtime in Python take an export as it is")
class PythonAgreesTest {
  private static final String PYTHON = System.getenv().getOrDefault("PMF_PYTHON", "python3");
  private static final Path SCRIPT = Path.of("src/test/python/check_export.py");
  private static final Path TRITON = Path.of("src/test/python/check_triton.py");

  @TempDir private Path folder;

  @Test
  @DisplayName("and Triton's own schema takes its configurations, which say what graphs take")
  void tritonTakesItsConfigurations() throws IOException, InterruptedException {
    assumeTrue(
        run("-c", "import onnx, tritonclient, google.protobuf").code() == 0,
        PYTHON + " has no onnx, tritonclient and protobuf; name one that has by PMF_PYTHON");
    Path model = folder.resolve("model");
    Path out = folder.resolve("out");
    try (Pmf pmf = Pmf.open("djl", BackendOptions.DEFAULT)) {
      pmf.train(Fixtures.training(model, Fixtures.table(), "image", "text").build());
      Fixtures.job(pmf, Fixtures.request(model, out)).run(Optional.empty(), Progress.SILENT);
    }

    Ended python = run(TRITON.toString(), out.toString());

    assertThat(python.code()).as(python.text()).isZero();
    assertThat(python.text()).contains("image_text fits", "image fits", "text fits");
  }

  @ParameterizedTest
  @EnumSource(Opset.class)
  void agrees(Opset opset) throws IOException, InterruptedException {
    assumeTrue(
        run("-c", "import onnx, onnxruntime").code() == 0,
        PYTHON + " has no onnx and onnxruntime; name one that has by PMF_PYTHON");
    Path model = folder.resolve("model");
    Path out = folder.resolve("out");
    Path cases = Files.createDirectory(folder.resolve("cases"));
    try (Pmf pmf = Pmf.open("djl", BackendOptions.DEFAULT)) {
      pmf.train(Fixtures.training(model, Fixtures.table(), "image", "text").build());
      ExportRequest request =
          new ExportRequest(
              model,
              Map.of(),
              out,
              List.of(),
              Map.of(),
              opset,
              ExportRequest.Outputs.POOLED_TOO,
              ExportRequest.Weights.LINKED_ENCODERS);
      ExportReport report = Fixtures.job(pmf, request).run(Optional.empty(), Progress.SILENT);
      try (FusedModel prepares = pmf.saved(model, Map.of()).assemble();
          Trunks trunks = prepares.trunks()) {
        List<Example> rows = MadeUpRows.of(prepares, columns(pmf, model));
        report.graphs().forEach(g -> write(cases, out, g.file(), trunks, rows));
      }
    }

    Ended python = run(SCRIPT.toString(), out.toString(), cases.toString());

    assertThat(python.code()).as(python.text()).isZero();
    assertThat(python.text())
        .contains("image+text.onnx agrees", "image.onnx agrees", "text.onnx agrees");
  }

  private static Columns columns(Pmf pmf, Path model) {
    return pmf.saved(model, Map.of()).config().columns();
  }

  private static void write(
      Path cases, Path out, GraphFile file, Trunks trunks, List<Example> rows) {
    List<Example> some = PatternRows.of(file.pattern(), rows, List.of("image", "text"));
    Batch<HostTensor> batch = trunks.prepare(some);
    Map<String, HostTensor> all = new LinkedHashMap<>();
    for (ModalityInputs m : file.graph().inputs().values()) {
      all.putAll(m.fill(batch.encoderInput(m.modality())).asMap());
    }
    try (GraphSession session = GraphSession.open(out.resolve(file.name()))) {
      all.put(PatternBody.LOGITS, session.run(Named.of(all)).get(PatternBody.LOGITS));
    }
    SafetensorsWriter.write(cases.resolve(file.name() + ".safetensors"), all, Map.of());
  }

  private record Ended(int code, String text) {}

  private static Ended run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.addAll(List.of(words));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return new Ended(-1, "no " + PYTHON);
    }
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Ended(process.exitValue(), text);
  }
}
