package org.pmf4j.cli.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.console.PeakMemory;
import org.pmf4j.cli.console.ShellCommand;
import org.pmf4j.cli.demo.signs.Ceilings;
import org.pmf4j.cli.demo.signs.SignFiles;
import org.pmf4j.cli.pretrain.PretrainWords;
import org.pmf4j.console.Durations;
import org.pmf4j.console.EpochLines;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.metrics.Evaluation;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.pretrain.PretrainConfig;
import org.pmf4j.core.pretrain.PretrainReport;
import org.pmf4j.core.run.TrainReport;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener;

/** The story, told as it happens. */
final class Demo {
  private static final int STAGES = 5;

  private final Pmf pmf;
  private final DemoFolder folder;
  private final DemoPlan plan;
  private final DemoRuns runs;
  private final Console console;
  private final PrintStream out;
  private final List<List<String>> commands = new ArrayList<>();

  Demo(Pmf pmf, DemoFolder folder, DemoPlan plan, Console console) {
    this.pmf = pmf;
    this.folder = folder;
    this.plan = plan;
    this.runs = new DemoRuns(folder, plan);
    this.console = console;
    this.out = console.out();
  }

  /** Runs it, from data to report. */
  DemoResult run() {
    long began = System.nanoTime();
    stage(1, "Data: pictures of signs, and three questions about each");
    Ceilings ceilings = data();
    stage(2, "Two encoders, each trained on one modality and frozen from then on");
    pretrain(runs.imageEncoder());
    pretrain(runs.textEncoder());
    stage(3, "Without fusion: linear layers on what the frozen encoders say");
    List<Outcome> probes = runs.probes().stream().map(this::compete).toList();
    stage(4, "PMF: prompts let the frozen encoders ask each other, in their last two layers");
    Outcome fused = compete(runs.pmf());
    commands.add(Equivalent.evaluation(runs.pmf().config().out(), folder.data().test()));
    stage(5, "What came of it, on signs that no model has seen");
    double seconds = (System.nanoTime() - began) / 1e9;
    DemoResult result =
        new DemoResult(
            plan,
            folder,
            pmf.backend().info(),
            ceilings,
            probes,
            fused,
            List.copyOf(commands),
            seconds);
    Comparison.of(result).print(out);
    DemoReport.of(result).write(folder.report());
    out.println();
    out.println(time(seconds));
    out.println("report: " + folder.report());
    return result;
  }

  private void stage(int number, String title) {
    out.println(
        String.format(Locale.ROOT, "%s[%d/%d] %s", number == 1 ? "" : "\n", number, STAGES, title));
  }

  private Ceilings data() {
    SignFiles data = folder.data();
    Ceilings ceilings = data.write(plan.signs(), plan.seed(), console.progress());
    SignFiles.Sizes n = plan.signs();
    out.println(
        String.format(
            Locale.ROOT,
            "%,d signs to train on, %,d to validate and %,d to test, in %s",
            n.train(),
            n.validation(),
            n.test(),
            data.folder()));
    data.head().forEach(line -> out.println("  " + line));
    out.println(Comparison.ceilings(ceilings));
    return ceilings;
  }

  private void pretrain(PretrainConfig config) {
    announce(PretrainWords.of(config));
    EpochLines lines = new EpochLines(out);
    PretrainReport report = pmf.pretrain(config, console.progress(), lines);
    out.println(
        String.format(
            Locale.ROOT,
            "%s encoder: %,d weights, %s",
            config.modality(),
            report.parameters(),
            Durations.text(report.seconds())));
  }

  private Outcome compete(DemoRuns.Contender contender) {
    announce(Equivalent.command(contender.config()));
    EpochLines lines = new EpochLines(out);
    List<TrainingListener.Epoch> epochs = new ArrayList<>();
    TrainReport report =
        pmf.train(
            contender.config(),
            console.progress(),
            new TrainingListener() {
              @Override
              public void begins(TrainSettings settings) {
                lines.begins(settings);
              }

              @Override
              public void epochEnded(Epoch epoch) {
                epochs.add(epoch);
                lines.epochEnded(epoch);
              }
            });
    try (Classifier classifier = pmf.load(report.model())) {
      List<Example> test = classifier.read(folder.data().test(), Table.Labelled.REQUIRED);
      List<Prediction> predictions = classifier.predict(test, console.progress());
      EvaluationResult scores = scores(classifier.task(), test, predictions);
      return new Outcome(contender.name(), report, List.copyOf(epochs), test, predictions, scores);
    }
  }

  private static EvaluationResult scores(
      Task task, List<Example> test, List<Prediction> predictions) {
    Evaluation evaluation = Evaluation.of(task);
    for (int i = 0; i < test.size(); i++) {
      evaluation.add(predictions.get(i).logits(), task.target(test.get(i)));
    }
    return evaluation.result();
  }

  private void announce(List<String> command) {
    commands.add(command);
    out.println("$ " + ShellCommand.typed(command));
  }

  private static String time(double seconds) {
    String memory = PeakMemory.text().map(m -> ", at most " + m + " of memory").orElse("");
    return "took " + Durations.text(seconds) + memory;
  }
}
