package org.pmf4j.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.export.files.GraphFile;
import org.pmf4j.onnx.Opset;

@DisplayName("A model of every method is exported as it is")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MethodExportTest {
  private static final Path REPORT = Path.of("target", "method-exports.txt");

  private final List<String> lines = new ArrayList<>();
  private Pmf pmf;

  @TempDir private Path folder;

  @BeforeAll
  void open() {
    pmf = Pmf.open("djl", BackendOptions.DEFAULT);
  }

  @AfterAll
  void close() throws IOException {
    pmf.close();
    Files.createDirectories(REPORT.getParent());
    Files.write(REPORT, lines);
  }

  List<String> methods() {
    return List.copyOf(new TreeSet<>(pmf.plugins().fusionMethods().all().keySet()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("methods")
  void withEveryPatternOfItsModalities(String method) {
    Path model = folder.resolve("model");
    String[] modalities =
        method.equals("unimodal") ? new String[] {"text"} : new String[] {"image", "text"};
    pmf.train(Fixtures.training(model, Fixtures.table(), modalities).method(method).build());
    ExportReport report = export(model, Fixtures.table(), Opset.DEFAULT);
    tell(method, report);
    assertAgrees(report);
    ExportReport.Checked whole = report.graphs().get(0);
    assertThat(whole.file().name()).isEqualTo(String.join("+", modalities) + ".onnx");
    assertThat(whole.agreement().rows()).isEqualTo(16);
    assertThat(whole.file().graph().batchIsOpen()).isTrue();
    // The paper's form drops rows from behind, whose number it must know
    assertThat(whole.file().graph().inputs().get("text").length() == Shape.UNKNOWN)
        .isEqualTo(!method.equals("pmf-whole-layers"));
  }

  @ParameterizedTest(name = "task {0}")
  @CsvSource({"multi-label, circle|square, square", "regression, 2.5, -1"})
  void ofEveryTask(String task, String one, String other) throws IOException {
    List<String> table = new ArrayList<>();
    Path pictures = Fixtures.table().getParent();
    for (String line : Files.readAllLines(Fixtures.table())) {
      table.add(
          line.replace("images/", pictures + "/images/")
              .replaceFirst("(square|triangle)$", other)
              .replaceFirst("circle$", Matcher.quoteReplacement(one)));
    }
    Path data = Files.write(folder.resolve("table.csv"), table);
    Path model = folder.resolve("model");
    pmf.train(Fixtures.training(model, data, "image", "text").task(task).build());
    ExportReport report = export(model, data, Opset.DEFAULT);
    tell(task, report);
    assertAgrees(report);
    assertThat(report.graphs().get(0).file().outputs())
        .extracting(GraphFile.Output::name)
        .containsExactly(
            "logits",
            task.equals("regression") ? "value" : "probabilities",
            "image.pooled",
            "text.pooled");
  }

  @ParameterizedTest(name = "opset {0}")
  @CsvSource({"V17, 7", "V20, 7"})
  void ofThreeModalitiesOnRowsThatLackSome(Opset opset, int patterns) {
    Path model = folder.resolve("model");
    pmf.train(Fixtures.training(model, Fixtures.missing(), "image", "text", "audio").build());
    ExportReport report = export(model, Fixtures.missing(), opset);
    tell("pmf of three, opset " + opset.version(), report);
    assertAgrees(report);
    assertThat(report.graphs()).hasSize(patterns);
    assertThat(report.graphs()).allSatisfy(g -> assertThat(g.agreement().rows()).isEqualTo(2));
  }

  private ExportReport export(Path model, Path table, Opset opset) {
    ExportRequest all = Fixtures.request(model, folder.resolve("out"));
    ExportRequest request =
        new ExportRequest(
            all.model(),
            all.moved(),
            all.out(),
            all.patterns(),
            all.lengths(),
            opset,
            ExportRequest.Outputs.POOLED_TOO,
            all.weights());
    ExportJob job = Fixtures.job(pmf, request);
    List<Example> rows =
        job.saved()
            .read(TableLocation.of(table), Table.Labelled.REQUIRED, Set.of(), Progress.SILENT);
    return job.run(Optional.of(new ExportJob.Data("table", rows)), Progress.SILENT);
  }

  private static void assertAgrees(ExportReport report) {
    assertThat(report.graphs())
        .allSatisfy(
            g -> {
              assertThat(g.agreement().largest()).isLessThan(ExportJob.TOLERANCE);
              assertThat(g.agreement().changed()).isZero();
            });
  }

  private void tell(String what, ExportReport report) {
    report
        .graphs()
        .forEach(
            g ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "%-22s %-18s %4d nodes  %.1e",
                        what,
                        g.file().pattern(),
                        g.file().graph().model().size(),
                        g.agreement().largest())));
  }
}
