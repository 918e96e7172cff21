package org.pmf4j.cli.pretrain;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.console.Facts;
import org.pmf4j.cli.console.PeakMemory;
import org.pmf4j.cli.option.BackendChoice;
import org.pmf4j.cli.option.Choice;
import org.pmf4j.cli.option.RequiredTable;
import org.pmf4j.cli.option.TableReading;
import org.pmf4j.cli.option.TrainingOptions;
import org.pmf4j.cli.option.ValidationOption;
import org.pmf4j.console.Durations;
import org.pmf4j.console.EpochLines;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.TableOptions;
import org.pmf4j.core.metrics.Metric;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.pretrain.InitialEncoder;
import org.pmf4j.core.pretrain.PretrainConfig;
import org.pmf4j.core.pretrain.PretrainConfig.Goal;
import org.pmf4j.core.pretrain.PretrainReport;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.hub.EncoderLocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pmf pretrain}. For one thread at a time. */
@Command(
    name = "pretrain",
    description = {
      "Trains a small encoder from scratch, or an existing one further, and saves it as"
          + " save_pretrained would.",
      "",
      "Data is a table with a column called as the modality, and label unless tokens are masked, or"
          + " those that --column and --label name."
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Examples:",
      "  pmf pretrain --modality image --data train.csv --image-size 32 --out vit-small",
      "  pmf pretrain --modality text --data train.csv --vocabulary-size 4000 --out bert-small",
      "  pmf pretrain --modality image --data train.csv --from vit --learning-rate 5e-5 --out tuned"
    })
public final class PretrainCommand implements Callable<Integer> {
  private static final TrainSettings DEFAULTS =
      TrainSettings.DEFAULT
          .with("epochs", 20)
          .with("batch-size", 64)
          .with("learning-rate", 1e-3)
          .with("weight-decay", 0.05);

  private final Console console;

  @Option(
      names = "--modality",
      required = true,
      paramLabel = "NAME",
      description = "kind of data: image, text, audio, tabular, or a plugin's")
  private String modality;

  @Mixin private RequiredTable data = new RequiredTable();

  @Mixin private TableReading reading = new TableReading();

  @Mixin private ValidationOption validation = new ValidationOption();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "the encoder's folder")
  private Path out;

  @Option(
      names = "--goal",
      paramLabel = "GOAL",
      converter = Goals.class,
      description =
          "single-label, multi-label, regression or masked-tokens (default: masked-tokens where there are"
              + " tokens, else single-label)")
  private Goal goal;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description =
          "an encoder of any family, or hf:ORG/NAME[@REVISION], which 'pmf fetch' has fetched, that"
              + " is trained further, all of its weights; keeps its sizes"
              + " and preprocessing, and wants a small --learning-rate, such as 5e-5")
  private String from;

  @Option(
      names = "--no-augmentation",
      description =
          "take labelled samples as they are; without it pictures are turned and mirrored,"
              + " spectrograms shifted and partly hidden")
  private boolean noAugmentation;

  @Mixin private SizeOptions sizes = new SizeOptions();

  @Mixin private TrainingOptions training = new TrainingOptions(DEFAULTS);

  @Option(names = "--resume", description = "go on with the run in --out, if there is one")
  private boolean resume;

  @Mixin private BackendChoice backend = new BackendChoice();

  /** A command that writes to {@code console}. */
  public PretrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Pmf pmf = backend.open()) {
      PretrainConfig config = config(pmf.plugins());
      EpochLines epochs = new EpochLines(console.out());
      summary(pmf.pretrain(config, console.progress(), epochs), console.out());
    }
    return 0;
  }

  private PretrainConfig config(PluginRegistry plugins) {
    Goal chosen = goal == null ? usualGoal(plugins) : goal;
    Metric usual = chosen == Goal.MASKED_TOKENS ? Metric.LOSS : Metric.usual(Choice.name(chosen));
    return new PretrainConfig(
        modality,
        origin(plugins),
        data.location(),
        validation.location(),
        reading.over(TableOptions.DEFAULT).with(validation.unknownLabels()),
        out,
        chosen,
        !noAugmentation,
        training.settings(usual),
        resume);
  }

  private Goal usualGoal(PluginRegistry plugins) {
    Optional<Pretraining> pretraining = plugins.modalities().get(modality).pretraining();
    boolean tokens = pretraining.flatMap(Pretraining::maskedTokens).isPresent();
    return tokens ? Goal.MASKED_TOKENS : Goal.SINGLE_LABEL;
  }

  private InitialEncoder origin(PluginRegistry plugins) {
    return from == null
        ? new InitialEncoder.Scratch(modelType(plugins), sizes.sizes())
        : new InitialEncoder.Existing(EncoderLocation.directory(from), sizes.stated());
  }

  private String modelType(PluginRegistry plugins) {
    return plugins
        .modalities()
        .get(modality)
        .pretraining()
        .map(Pretraining::modelType)
        .orElseThrow(() -> PmfException.usage("modality " + modality + " offers no pretraining"));
  }

  private static void summary(PretrainReport report, PrintStream out) {
    Facts facts = new Facts();
    facts.add("encoder", report.encoder().toString());
    facts.add("weights", String.format(Locale.ROOT, "%,d", report.parameters()));
    if (report.outcome().bestEpoch() > 0) {
      facts.add("best epoch", report.outcome().bestEpoch() + ", saved");
    }
    report
        .validation()
        .forEach((name, v) -> facts.add(name, String.format(Locale.ROOT, "%.4f", v)));
    facts.add("time", Durations.text(report.seconds()));
    PeakMemory.text().ifPresent(m -> facts.add("peak memory", m));
    out.println();
    facts.print(out);
  }

  /** {@code single-label}, {@code multi-label}, {@code regression} or {@code masked-tokens}. */
  static final class Goals extends Choice<Goal> {
    Goals() {
      super(Goal.class);
    }
  }
}
