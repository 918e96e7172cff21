package org.pmf4j.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.cli.Checked;
import org.pmf4j.cli.Main;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.demo.signs.SignFiles;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.training.TrainSettings;

/** The demo from beginning to end, on hardly any data; the distribution's tests run it whole. */
class DemoIT {
  private static final long SEED = 1;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @TempDir private Path temporary;

  @Test
  void aTinyDemoTellsEveryStageAndWritesAWholeReport() throws IOException {
    DemoResult result = run(tiny());

    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("[1/5]", "[2/5]", "[3/5]", "[4/5]", "[5/5]", "test accuracy", "report: ");
    String page = Files.readString(result.folder().report());
    // Behind it stand the script that draws charts, and its licence
    assertThat(page.substring(0, page.indexOf("</main>")))
        .contains(
            "<h2>Methods</h2>",
            "<h2>Learning curves</h2>",
            "three questions each</h2>",
            "<h2>Confusion matrix of PMF</h2>",
            "<h2>Colours, as PMF tells them</h2>",
            "<h2>The same by hand</h2>",
            "<h2>Settings, versions, hardware</h2>",
            "text alone, linear",
            "image alone, linear",
            "both side by side, linear",
            "data:image/png;base64,",
            "pmf pretrain --modality image")
        .doesNotContain("http://", "src=\"http", "<script");
  }

  @Test
  void theCommandsThatItTellsDoTheSameBitForBit() throws IOException {
    DemoResult result = run(tiny());

    for (List<String> command : result.commands()) {
      if (command.get(1).equals("evaluate")) {
        continue;
      }
      Path made = Path.of(command.get(command.size() - 1));
      Path again = temporary.resolve("again-" + made.getFileName());
      List<String> words = new ArrayList<>(command.subList(1, command.size() - 1));
      words.add(again.toString());

      assertThat(execute(words)).as("%s: %s", words, written).isZero();

      boolean encoder = command.get(1).equals("pretrain");
      String weights = encoder ? "model.safetensors" : "adapter_model.safetensors";
      assertThat(again.resolve(weights))
          .as(command.toString())
          .hasSameBinaryContentAs(made.resolve(weights));
    }
  }

  @Test
  void theEvaluationThatItTellsFindsTheSameAccuracy() {
    DemoResult result = run(tiny());
    List<String> command = result.commands().get(result.commands().size() - 1);
    written.reset();

    assertThat(execute(command.subList(1, command.size()))).isZero();

    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains(String.format(Locale.ROOT, "%.4f", result.pmf().accuracy()));
  }

  @Test
  void aDemoThatIsThereIsRefusedInOneLine() throws IOException {
    Path root = temporary.resolve("demo");
    Files.createDirectories(root);
    DemoFolder.claim(root, DemoFolder.Existing.REFUSE);

    int code = execute(List.of("demo", "--out", root.toString()));

    assertThat(code).isEqualTo(2);
    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("--overwrite");
  }

  private DemoResult run(DemoPlan plan) {
    DemoFolder folder = DemoFolder.claim(temporary.resolve("demo"), DemoFolder.Existing.REFUSE);
    try (Pmf pmf = Checked.open()) {
      return new Demo(pmf, folder, plan, new Console(stream(), stream(), false)).run();
    }
  }

  private int execute(List<String> words) {
    int code = Main.run(Checked.words(words), stream(), stream());
    Checked.foundNothing();
    return code;
  }

  private PrintStream stream() {
    return new PrintStream(written, true, StandardCharsets.UTF_8);
  }

  private static DemoPlan tiny() {
    TrainSettings once =
        TrainSettings.DEFAULT
            .with("seed", SEED)
            .with("epochs", 2)
            .with("weight-decay", 0.05)
            .with("learning-rate", 5e-3);
    return new DemoPlan(
        SEED,
        new SignFiles.Sizes(24, 8, 8, 16),
        new Pretraining.Sizes(8, 2, 2, Map.of("image-size", 16, "patch-size", 8, "mlp-width", 8)),
        once.with("metric", "map"),
        new Pretraining.Sizes(8, 2, 2, Map.of("max-length", 32, "mlp-width", 8)),
        once,
        once,
        once);
  }
}
