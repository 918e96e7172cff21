package org.pmf4j.cli.train;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.option.BackendChoice;
import org.pmf4j.cli.option.FusionTaskOptions;
import org.pmf4j.cli.option.SettingOptions;
import org.pmf4j.cli.option.SplitOptions;
import org.pmf4j.cli.option.TrainingOptions;
import org.pmf4j.cli.option.ValidationOption;
import org.pmf4j.cli.predict.PredictCommand;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.run.EncoderLearningRate;
import org.pmf4j.core.run.RunDecisions;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.run.TrainReport;
import org.pmf4j.core.training.TrainSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pmf train}. For one thread at a time. */
@Command(
    name = "train",
    description = {
      "Trains a fused model of encoders, which stay frozen unless the method trains them.",
      "",
      "Data is a table with a column for each encoder's name and one called label, or those that"
          + " --column and --label name; several labels are separated by |. Paths in it start from"
          + " its folder. A blank cell is a modality that the row lacks; it needs one at least.",
      "",
      "Columns of numbers, categories and dates that --column tabular=COLUMN,COLUMN names need no"
          + " --encoder: one is made of the training rows first, and kept in --out."
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Examples:",
      "  pmf train --data train.csv --validation val.csv \\",
      "      --encoder image=vit --encoder text=bert --out model",
      "  pmf train --data ads.parquet --column image=photo --column text=title --label topic \\",
      "      --encoder image=vit --encoder text=bert --out model",
      "  pmf train --data ads.csv --split 0.8,0.1,0.1 --encoder image=vit --encoder text=bert \\",
      "      --out model",
      "  pmf train --data ads.csv --column tabular=age,price --encoder text=bert --out model",
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

  @Spec private CommandSpec spec;

  @Mixin private FusionTaskOptions fused = new FusionTaskOptions();

  @Mixin private ValidationOption validation = new ValidationOption();

  @Mixin private SplitOptions split = new SplitOptions();

  @Option(
      names = "--no-split",
      description = "without --validation and --split, train on all rows and validate on none")
  private boolean noSplit;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "the model's folder")
  private Path out;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file with these options by name; options given here win over it")
  @SuppressWarnings("unused") // ConfigFile has put the file's options in its place
  private Path config;

  @Mixin private FusionOptions fusion = new FusionOptions();

  @Option(
      names = "--task",
      paramLabel = "KIND",
      description = "single-label, multi-label or regression (default: what the labels look like)")
  private String task;

  @Mixin
  private TrainingOptions training =
      new TrainingOptions(TrainSettings.DEFAULT, DecisionLines.DEFAULTS);

  @Mixin
  private SettingOptions encoderRate =
      new SettingOptions(Settings.defaults("", List.of(EncoderLearningRate.SETTING)));

  @Mixin private CacheOptions cache = new CacheOptions();

  @Option(
      names = "--no-probes",
      description =
          "do not fit linear probes of the frozen encoders at the end, which tell, where there is a"
              + " validation table, whether fusion is better than each modality alone")
  private boolean noProbes;

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
      RunLines lines = new RunLines(console.out(), spec.root().commandLine().getParseResult());
      TrainReport report =
          pmf.train(run, console.progress(), lines, new EncoderLines(console.out()));
      TrainSummary.print(report, console.out());
      SplitLines.print(report.model(), run.data(), console.out());
    }
    return 0;
  }

  private TrainConfig config() {
    if (resume && overwrite) {
      throw PmfException.usage("--resume and --overwrite exclude each other");
    }
    TrainSettings settings = training.settings();
    TrainConfigBuilder b =
        TrainConfig.builder()
            .data(fused.data())
            .validation(validation.location().orElse(null))
            .split(split.rule(settings.seed()).orElse(null))
            .splitByRows(!noSplit)
            .tables(fused.tables().with(validation.unknownLabels()))
            .out(out)
            .task(task)
            .method(fusion.method())
            .training(settings, training.open(RunDecisions.DECIDABLE))
            .encoderLearningRate(
                encoderRate.has(EncoderLearningRate.SETTING)
                    ? encoderRate.settings().get(EncoderLearningRate.SETTING)
                    : null)
            .objective(fused.objective())
            .precision(fused.precision().orOpen())
            .cache(cache.config())
            .init(init)
            .probes(!noProbes)
            .existing(existing());
    fused.encoders().forEach(b::encoder);
    fused.madeEncoders().forEach(b::encoder);
    fused
        .encoderSettings()
        .forEach((name, s) -> s.forEach((key, value) -> b.encoderSetting(name, key, value)));
    PredictCommand.requireNoOption(fused.encoders().keySet());
    PredictCommand.requireNoOption(fused.madeEncoders());
    fusion.settings().forEach(b::setting);
    return b.build();
  }

  private TrainConfig.Existing existing() {
    if (resume) {
      return TrainConfig.Existing.RESUME;
    }
    return overwrite ? TrainConfig.Existing.OVERWRITE : TrainConfig.Existing.REFUSE;
  }
}
