package org.pmf4j.cli.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.console.EpochLines;
import org.pmf4j.cli.option.BackendChoice;
import org.pmf4j.cli.option.Choice;
import org.pmf4j.cli.option.TrainingOptions;
import org.pmf4j.cli.option.UsualMetric;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainReport;
import org.pmf4j.core.training.TrainSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pmf train}. */
@Command(
    name = "train",
    description = {
      "Trains a fused model of encoders, which stay frozen unless the method trains them.",
      "",
      "Data is a CSV file with a header, or a JSONL file, with a column for each encoder's name and"
          + " one called label; several labels are separated by |. Paths in it start from its"
          + " folder. A blank cell is a modality that the row lacks; it needs one at least."
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Examples:",
      "  pmf train --data train.csv --validation val.csv \\",
      "      --encoder image=vit --encoder text=bert --out model",
      "  pmf train --config train.yaml --epochs 20 --out model-2",
      "",
      "where train.yaml holds options by their names:",
      "  data: train.csv",
      "  encoder:",
      "    image: vit",
      "    text: bert",
      "  learning-rate: 0.001"
    })
public final class TrainCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "training table, CSV or JSONL")
  private Path data;

  @Option(
      names = "--validation",
      paramLabel = "FILE",
      description = "validation table, which chooses the best epoch")
  private Path validation;

  @Option(
      names = "--encoder",
      required = true,
      paramLabel = "NAME=DIR",
      description = "an encoder as save_pretrained writes it; give two or more")
  private Map<String, Path> encoders = new LinkedHashMap<>();

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "the model's folder")
  private Path out;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file with these options by name; options given here win over it")
  @SuppressWarnings("unused") // ConfigFile has put the file's options in its place
  private Path config;

  @Option(
      names = "--task",
      paramLabel = "KIND",
      description = "single-label, multi-label or regression (default: ${DEFAULT-VALUE})")
  private String task = "single-label";

  @Mixin private FusionOptions fusion = new FusionOptions();

  @Mixin private TrainingOptions training = new TrainingOptions(TrainSettings.DEFAULT);

  @Option(
      names = "--encoder-learning-rate",
      paramLabel = "RATE",
      description =
          "peak of the learning rate of the encoders' own weights, where the method trains them"
              + " (default: "
              + TrainConfig.ENCODER_LEARNING_RATE
              + ")")
  private Double encoderLearningRate;

  @Option(
      names = "--label-smoothing",
      paramLabel = "SHARE",
      description = "share of the target spread over all classes (default: ${DEFAULT-VALUE})")
  private double labelSmoothing;

  @Option(
      names = "--modality-dropout",
      paramLabel = "P",
      description =
          "probability with which each modality of a row is dropped in an epoch, never all"
              + " (default: ${DEFAULT-VALUE})")
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

  @Mixin private CacheOptions cache = new CacheOptions();

  @Option(
      names = "--init",
      paramLabel = "MODEL",
      description = "start from the weights of a trained model")
  private Path init;

  @Option(names = "--resume", description = "go on with the run in --out, if there is one")
  private boolean resume;

  @Option(names = "--overwrite", description = "start anew in a folder that holds a model")
  private boolean overwrite;

  @Mixin private BackendChoice backend = new BackendChoice();

  /** A command that writes to {@code console}. */
  public TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    TrainConfig run = config();
    try (Pmf pmf = backend.open()) {
      EpochLines epochs = new EpochLines(console.out(), run.training());
      TrainReport report = pmf.train(run, console.progress(), epochs);
      TrainSummary.print(report, console.out());
    }
    return 0;
  }

  private TrainConfig config() {
    if (resume && overwrite) {
      throw PmfException.usage("--resume and --overwrite exclude each other");
    }
    TrainConfig.Builder b =
        TrainConfig.builder()
            .data(data)
            .validation(validation)
            .out(out)
            .task(task)
            .method(fusion.method())
            .training(training.settings(UsualMetric.of(task)))
            .encoderLearningRate(encoderLearningRate)
            .labelSmoothing(labelSmoothing)
            .modalityDropout(modalityDropout)
            .classWeights(classWeights)
            .precision(precision)
            .cache(cache.config())
            .init(init)
            .existing(existing());
    encoders.forEach(b::encoder);
    fusion.settings().forEach(b::setting);
    return b.build();
  }

  private TrainConfig.Existing existing() {
    if (resume) {
      return TrainConfig.Existing.RESUME;
    }
    return overwrite ? TrainConfig.Existing.OVERWRITE : TrainConfig.Existing.REFUSE;
  }

  /** {@code equal} or {@code balanced}. */
  static final class Weights extends Choice<TrainConfig.ClassWeights> {
    Weights() {
      super(TrainConfig.ClassWeights.class);
    }
  }
}
