package org.pmf4j.cli.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.bench.methods.work.Setup;
import org.pmf4j.cli.option.BackendChoice;
import org.pmf4j.cli.option.Choice;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.run.TrainConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all methods are compared on. */
final class SetupOptions {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "training table, CSV or JSONL")
  private Path data;

  @Option(
      names = "--validation",
      required = true,
      paramLabel = "FILE",
      description = "validation table, which chooses the best epoch")
  private Path validation;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "table that the trained models are measured on (default: --validation)")
  private Path test;

  @Option(
      names = "--encoder",
      required = true,
      paramLabel = "NAME=DIR",
      description = "an encoder as save_pretrained writes it; give two or more")
  private Map<String, Path> encoders = new LinkedHashMap<>();

  @Option(
      names = "--task",
      paramLabel = "KIND",
      description = "single-label, multi-label or regression (default: ${DEFAULT-VALUE})")
  private String task = "single-label";

  @Option(
      names = "--label-smoothing",
      paramLabel = "SHARE",
      description = "share of the target spread over all classes (default: ${DEFAULT-VALUE})")
  private double labelSmoothing;

  @Option(
      names = "--modality-dropout",
      paramLabel = "P",
      description =
          "probability with which each modality of a row is dropped in an epoch (default:"
              + " ${DEFAULT-VALUE})")
  private double modalityDropout;

  @Option(
      names = "--class-weights",
      paramLabel = "KIND",
      converter = Weights.class,
      description = "equal, or balanced to weigh rare classes more (default: equal)")
  private TrainConfig.ClassWeights classWeights = TrainConfig.ClassWeights.EQUAL;

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      converter = Choice.Precision.class,
      description = "of the encoders' matrices: fp32, or bf16 for half the memory (default: fp32)")
  private MatrixPrecision precision = MatrixPrecision.FLOAT32;

  @Option(
      names = "--no-cache",
      description =
          "compute the frozen layers anew in every epoch; else their outputs are kept in --out")
  private boolean noCache;

  @Mixin private BackendChoice backend = new BackendChoice();

  String task() {
    return task;
  }

  boolean cached() {
    return !noCache;
  }

  List<String> modalities() {
    return List.copyOf(encoders.keySet());
  }

  /** The plugins, without opening a backend; the caller closes them. */
  PluginRegistry plugins() {
    ClassLoader loader = PluginRegistry.class.getClassLoader();
    return backend
        .plugins()
        .map(folder -> PluginRegistry.discover(loader, folder))
        .orElseGet(() -> PluginRegistry.discover(loader));
  }

  /** Checks that the tables are there. */
  void check() {
    for (Path table : new Path[] {data, validation, test == null ? validation : test}) {
      if (!Files.isRegularFile(table)) {
        throw PmfException.input(table + ": no such file");
      }
    }
  }

  Setup setup() {
    Map<String, String> directories = new LinkedHashMap<>();
    encoders.forEach((name, path) -> directories.put(name, path.toString()));
    return new Setup(
        data.toString(),
        validation.toString(),
        (test == null ? validation : test).toString(),
        task,
        directories,
        precision,
        labelSmoothing,
        modalityDropout,
        classWeights,
        backend.name(),
        backend.options().device(),
        backend.options().threads(),
        backend.plugins().map(Path::toString).orElse(null));
  }

  /** {@code equal} or {@code balanced}. */
  static final class Weights extends Choice<TrainConfig.ClassWeights> {
    Weights() {
      super(TrainConfig.ClassWeights.class);
    }
  }
}
