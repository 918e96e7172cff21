package org.pmf4j.cli.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.bench.report.Numbers;
import org.pmf4j.bench.speed.SpeedResult;
import org.pmf4j.bench.speed.SpeedRun;
import org.pmf4j.bench.speed.SpeedSettings;
import org.pmf4j.bench.speed.SpeedVariant;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.console.TextTable;
import org.pmf4j.cli.option.BackendChoice;
import org.pmf4j.core.file.FolderLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pmf bench speed}. */
@Command(
    name = "speed",
    description = {
      "Times PMF's training step and inference against the paper's literal form and against full"
          + " fine-tuning.",
      "",
      "Encoders of the given sizes get random weights, which take as long to multiply as trained"
          + " ones. Variants take turns; each tells its memory in a process of its own. The same"
          + " command goes on where an earlier one was interrupted."
    })
final class SpeedCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = "--precision",
      paramLabel = "P",
      split = ",",
      description = "of the frozen matrices: fp32, bf16 or both (default: fp32,bf16)")
  private List<String> precisions = List.of("fp32", "bf16");

  @Option(
      names = "--variants",
      paramLabel = "V",
      split = ",",
      description =
          "what is timed (default: all of pmf-cached-step, pmf-step, whole-cached-step, whole-step,"
              + " full-step, pmf-inference, whole-inference)")
  private List<String> variants = List.of(SpeedVariant.keys().split(","));

  @Option(
      names = "--python",
      paramLabel = "PYTHON",
      description = "interpreter with PyTorch and transformers, to time the original beside")
  private String python;

  @Option(
      names = "--originals",
      paramLabel = "FILE",
      description = "the original's script (default: ${DEFAULT-VALUE})")
  private Path originals = Path.of("pmf-bench", "python", "originals.py");

  @Mixin private WholeRunOptions whole = new WholeRunOptions();

  @Mixin private RunOptions run = new RunOptions("pmf-bench-speed");

  @Mixin private SizeOptions sizes = new SizeOptions();

  @Mixin private BackendChoice backend = new BackendChoice();

  SpeedCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    BackendOptions options = backend.options();
    SpeedSettings settings =
        new SpeedSettings(
            sizes.sizes(),
            backend.name(),
            options.device(),
            options.threads(),
            backend.plugins().map(Path::toString).orElse(null),
            precisions,
            variants.stream().map(SpeedVariant::named).toList(),
            run.rounds(),
            run.gemm(),
            run.out(),
            run.work(),
            python,
            originals,
            whole.runs());
    List<String> words = spec.root().commandLine().getParseResult().originalArgs();
    SpeedRun bench = new SpeedRun(settings, words, console.progress());
    SpeedRun.Outcome outcome = FolderLock.holding(run.out(), () -> bench.run(run.existing()));
    tell(outcome);
    return 0;
  }

  private void tell(SpeedRun.Outcome outcome) {
    for (SpeedResult.OfPrecision p : outcome.figures().precisions()) {
      TextTable table =
          new TextTable(
              p.precision(), "median", "times as fast", "GFLOP", "of product", "peak memory");
      for (SpeedResult.Timing t : p.variants()) {
        table.row(
            t.kind() + ", " + t.title(),
            Numbers.milliseconds(t.milliseconds().median()),
            t.timesAsFast() == null ? "" : Numbers.times(t.timesAsFast().median()),
            Numbers.plain(t.gflop()),
            Numbers.percent(t.floorShare()),
            t.peakBytes() == null ? "" : Numbers.bytes(t.peakBytes()));
      }
      table.print(console.out());
      console
          .out()
          .printf(Locale.ROOT, "plain product: %s GFLOP/s%n%n", Numbers.plain(p.gemmRate()));
    }
    whole.tell(outcome.figures().wholeRuns(), console);
    outcome
        .figures()
        .leftOut()
        .forEach((v, why) -> console.out().println("left out: " + v + ", as " + why));
    console.out().println("report: " + outcome.files().html());
  }
}
