package org.pmf4j.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.model.Int8Layers;
import org.pmf4j.core.model.SavedModel;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.safetensors.SafetensorsWriter;

@DisplayName("An export in integers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Int8ExportTest {
  private static final String LAYER = "encoder.layer.0.";

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

  private ExportReport export(Path of, Path table, double mostLost) {
    SavedModel saved = pmf.saved(of, Map.of());
    List<Example> rows =
        saved.read(TableLocation.of(table), Table.Labelled.REQUIRED, Set.of(), Progress.SILENT);
    ExportRequest request =
        Fixtures.request(of, folder.resolve("out")).in(new ExportRequest.Int8(mostLost));
    return new ExportJob(pmf, saved, request)
        .run(Optional.of(new ExportJob.Data("rows", rows)), Progress.SILENT);
  }

  @Test
  @DisplayName("has the frozen layers' weights in integers, and what is trained as it was")
  void weights() throws IOException {
    ExportReport report = export(model, Fixtures.table(), 1);
    Path out = folder.resolve("out");
    try (SafetensorsFile weights = SafetensorsFile.open(out.resolve("weights.safetensors"))) {
      String query = "text." + LAYER + "attention.self.query.weight";
      assertThat(weights.info(query).type()).isEqualTo("I8");
      assertThat(weights.info(query + ".scale").type()).isEqualTo("F32");
      assertThat(weights.names())
          .filteredOn(n -> !n.startsWith("text.encoder") && !n.startsWith("image.encoder"))
          .allMatch(n -> weights.info(n).type().equals("F32") || n.contains("embeddings"));
    }
    Int8Report integers = report.int8().orElseThrow();
    assertThat(integers.layers()).allMatch(l -> l.error() > 0 && l.error() < 0.1);
    assertThat(integers.kept()).isEmpty();
    assertThat(integers.loss().labelled()).isPresent();
    assertThat(report.graphs().get(0).agreement().largest()).isBetween(1e-4, 0.5);
    Map<String, Object> manifest =
        Json.object("export.json", Files.readString(out.resolve("export.json")));
    assertThat(manifest.get("int8")).asString().contains("accuracy_int8", "in_float=[]");
    try (Stream<Path> all = Files.list(out)) {
      assertThat(all).noneMatch(f -> f.getFileName().toString().startsWith("."));
    }
    assertThat(pmf.saved(model, Map.of()).config().precision()).isEqualTo("float32");
    assertThat(Int8Layers.read(model.resolve("int8.json"), null)).contains(Int8Layers.NONE);
  }

  /** One element, a thousand times as large as the others, which the next layer does not use. */
  private Path withOutlier(Path encoder) throws IOException {
    Path copy = Files.createDirectory(folder.resolve("encoder"));
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(encoder)) {
      for (Path f : files.filter(Files::isRegularFile).toList()) {
        Files.copy(f, copy.resolve(f.getFileName()));
      }
    }
    Path weights = copy.resolve("model.safetensors");
    try (SafetensorsFile file = SafetensorsFile.open(weights)) {
      file.names().forEach(n -> tensors.put(n, file.tensor(n).copy(DType.FLOAT32)));
    }
    change(tensors, LAYER + "attention.output.LayerNorm.bias", 0, 1, 1000);
    HostTensor next = tensors.get(LAYER + "intermediate.dense.weight");
    change(
        tensors, LAYER + "intermediate.dense.weight", 0, Math.toIntExact(next.shape().dim(1)), 0);
    SafetensorsWriter.write(weights, tensors, Map.of("format", "pt"));
    return copy;
  }

  private static void change(
      Map<String, HostTensor> tensors, String like, int from, int step, float to) {
    String name = tensors.keySet().stream().filter(n -> n.endsWith(like)).findFirst().orElseThrow();
    float[] values = tensors.get(name).floats();
    for (int i = from; i < values.length; i += step) {
      values[i] = to;
      if (step == 1) {
        break;
      }
    }
    tensors.put(name, HostTensor.of(values, tensors.get(name).shape().dims()));
  }

  @Test
  @DisplayName("keeps a layer in single precision whose inputs have an outlier")
  void keepsWhatSuffers() throws IOException {
    Path encoder = withOutlier(Fixtures.root().resolve("pmf/encoders/text-16"));
    Path own = folder.resolve("model");
    pmf.train(Fixtures.training(own, Fixtures.table(), "image").encoder("text", encoder).build());
    Int8Report report = export(own, Fixtures.table(), 1).int8().orElseThrow();
    assertThat(report.kept())
        .anyMatch(
            l -> l.modality().equals("text") && l.weight().contains("intermediate.dense.weight"));
    assertThat(report.kept()).allMatch(l -> l.error() > Int8Export.MOST_ERROR);
    assertThat(report.inFloat().size()).isLessThan(report.layers().size());
    assertThat(Int8Layers.read(own.resolve("int8.json"), null)).contains(report.inFloat());
  }

  @Test
  @DisplayName("is none where more is lost than may be")
  void refuses() throws IOException {
    List<String> table = new ArrayList<>();
    for (String line : Files.readAllLines(Fixtures.table())) {
      table.add(
          line.replace("images/", Fixtures.table().getParent() + "/images/")
              .replaceFirst("(square|triangle)$", "-1")
              .replaceFirst("circle$", "2.5"));
    }
    Path data = Files.write(folder.resolve("table.csv"), table);
    Path own = folder.resolve("model");
    pmf.train(Fixtures.training(own, data, "image", "text").task("regression").build());
    assertThatThrownBy(() -> export(own, data, 0))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.getMessage()).startsWith("--int8"))
        .hasMessageContaining("predictions move by")
        .hasMessageContaining("--most-lost")
        .hasMessageNotContaining("\n");
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(own.resolve("int8.json")).doesNotExist();
  }
}
