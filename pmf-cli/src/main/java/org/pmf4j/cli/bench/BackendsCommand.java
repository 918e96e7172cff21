package org.pmf4j.cli.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.bench.report.Numbers;
import org.pmf4j.bench.speed.BackendsResult;
import org.pmf4j.bench.speed.BackendsRun;
import org.pmf4j.bench.speed.BackendsSettings;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.console.TextTable;
import org.pmf4j.cli.option.PluginOption;
import org.pmf4j.core.file.FolderLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pmf bench backends}. */
@Command(
    name = "backends",
    description = {
      "Measures the same work on every backend: start, steps, inference, memory, agreement.",
      "",
      "Backends take turns, each beside a plain matrix product of its own engine. The same command"
          + " goes on where an earlier one was interrupted. Where a backend has 8-bit integers, it"
          + " infers in these too."
    })
final class BackendsCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = "--backends",
      paramLabel = "NAME",
      split = ",",
      description = "which ones, of those that 'pmf plugins' lists (default: all)")
  private List<String> backends = List.of();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "cpu, cuda, cuda:1 ..., or auto for the best there is (default: auto)")
  private String device = BackendOptions.DEFAULT.device();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads that one operation may use, 0 for the engine's choice (default: 0)")
  private int threads;

  @Option(
      names = "--precision",
      paramLabel = "P",
      description = "of the frozen matrices: fp32 or bf16 (default: ${DEFAULT-VALUE})")
  private String precision = "fp32";

  @Mixin private RunOptions run = new RunOptions("pmf-bench-backends");

  @Mixin private SizeOptions sizes = new SizeOptions();

  @Mixin private PluginOption plugins = new PluginOption();

  BackendsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (threads < 0) {
      throw PmfException.usage("threads must be 0 or more, got " + threads);
    }
    BackendsSettings settings =
        new BackendsSettings(
            sizes.sizes(),
            backends,
            device,
            threads,
            plugins.folder().map(Path::toString).orElse(null),
            precision,
            run.rounds(),
            run.gemm(),
            run.out(),
            run.work());
    List<String> words = spec.root().commandLine().getParseResult().originalArgs();
    BackendsRun bench = new BackendsRun(settings, words, console.progress());
    BackendsRun.Outcome outcome = FolderLock.holding(run.out(), () -> bench.run(run.existing()));
    tell(outcome);
    return 0;
  }

  private void tell(BackendsRun.Outcome outcome) {
    List<BackendsResult.OfBackend> backends = outcome.figures().backends();
    String off = "logits off from " + backends.get(0).title();
    TextTable table = new TextTable("", "median", "samples/s", "products", "peak memory", off);
    for (BackendsResult.OfBackend b : backends) {
      String name = b.title();
      if (name.equals(b.engine().backend())) {
        table.row(
            name + ": plain product, " + Numbers.plain(b.gemmRate()) + " GFLOP/s",
            Numbers.milliseconds(b.gemm().median()),
            "",
            "1",
            "",
            "");
      }
      for (BackendsResult.Timing t : b.work()) {
        table.row(
            name + ": " + t.kind() + ", " + t.title(),
            Numbers.milliseconds(t.milliseconds().median()),
            Numbers.plain(t.samplesPerSecond()),
            t.products() == null ? "" : Numbers.plain(t.products().median()),
            t.peakBytes() == null ? "" : Numbers.bytes(t.peakBytes()),
            t.kind().equals("inference") ? Numbers.relative(b.agreement().logits()) : "");
      }
    }
    table.print(console.out());
    console.out().println("report: " + outcome.files().html());
  }
}
