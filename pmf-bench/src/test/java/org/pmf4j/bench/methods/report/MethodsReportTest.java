package org.pmf4j.bench.methods.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.bench.json.JsonFile;
import org.pmf4j.bench.methods.result.Examples;
import org.pmf4j.bench.methods.result.Figures;
import org.pmf4j.bench.report.Result;

@DisplayName("The report of a comparison")
class MethodsReportTest {
  @TempDir private Path folder;

  private String page() throws IOException {
    Figures figures = Examples.figures();
    Result files = Result.in(folder, "methods");
    files.write(figures, MethodsReport.of(figures), figures.origin());
    return Files.readString(files.html());
  }

  @Test
  @DisplayName("needs nothing but itself, and takes no name for markup")
  void selfContained() throws IOException {
    String page = page();
    assertThat(page).contains("default-src 'none'");
    // Behind it stand the script that draws charts, and its licence
    assertThat(page.substring(0, page.indexOf("</main>")))
        .doesNotContain("http://", "https://", "<script", "<link", "src=", "url(", "@import")
        .doesNotContain("<b>linear</b>", "no <memory>")
        .contains("&lt;b&gt;linear&lt;/b&gt; &amp; probe", "no &lt;memory&gt; left");
  }

  @Test
  @DisplayName("has methods, verdict, scatter plot, ablations, failures, seeds, data and origin")
  void whole() throws IOException {
    assertThat(page())
        .contains("Fusion methods compared", "0.8100 ± 0.0100", "2.00 %", "late-concat")
        .contains("pmf is 0.0020 better in mean accuracy than late-concat")
        .contains("accuracy against training memory", "training memory at its peak, MB")
        .contains("Ablation: fusion layers", "pmf (F = 2)", "pmf, F = 3")
        .contains("Ablation: prompt length", "pmf (n = 4)", "Ablation: prompts left out")
        .contains("Ablation: head", "pmf (averaged head)", "Ablation: exchange left out")
        .contains("(2 of 3)", "Failed", "4.00 MB on disk, 2.50 s")
        .contains("seed 2: loss", "interrupted and gone on with 2×", "280 MB above the start")
        .contains("test.csv, 16 rows", "image+text: 12", "SHA-256", "a folder");
  }

  @Test
  @DisplayName("lies beside the same figures as JSON")
  void json() throws IOException {
    assertThat(page()).isNotEmpty();
    Map<?, ?> json = JsonFile.read(folder.resolve("methods.json"), Map.class);
    assertThat(json.get("bench")).isEqualTo("methods");
    assertThat(json.get("metric")).isEqualTo("accuracy");
    Figures read = JsonFile.read(folder.resolve("methods.json"), Figures.class);
    assertThat(read.summary()).isEqualTo(Examples.figures().summary());
    assertThat(read.cells()).hasSize(48);
  }
}
