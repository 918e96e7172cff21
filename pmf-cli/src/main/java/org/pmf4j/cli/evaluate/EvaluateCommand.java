package org.pmf4j.cli.evaluate;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.console.MissingLine;
import org.pmf4j.cli.option.BackendChoice;
import org.pmf4j.cli.option.ModelOptions;
import org.pmf4j.cli.option.OutputFile;
import org.pmf4j.cli.option.WithoutOption;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.SavedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pmf evaluate}. For one thread at a time. */
@Command(
    name = "evaluate",
    description = {
      "Compares a model's predictions with the labels of a table.",
      "",
      "Where rows lack modalities, the rows of each pattern of what is there are measured as well."
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Examples:",
      "  pmf evaluate --model model --data test.csv --out metrics.json",
      "  pmf evaluate --model model --data test.csv --without audio",
      "  pmf evaluate --model model --data test.csv --encoder text=/elsewhere/bert"
    })
public final class EvaluateCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelOptions model = new ModelOptions();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "table with labels, CSV or JSONL")
  private Path data;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "JSON file for metrics, classes and confusion matrix")
  private Path out;

  @Mixin private WithoutOption without = new WithoutOption();

  @Mixin private BackendChoice backend = new BackendChoice();

  /** A command that writes to {@code console}. */
  public EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (out != null) {
      OutputFile.check(out);
    }
    try (Pmf pmf = backend.open()) {
      SavedModel saved = model.open(pmf);
      if (out != null) {
        saved.outputs().file("the table", data).requireFile(out);
      }
      List<Example> examples =
          saved
              .read(data, Table.Labelled.REQUIRED, without.modalities(), console.progress())
              .examples();
      try (Classifier classifier = saved.load()) {
        EvaluationResult result = classifier.evaluate(examples, console.progress());
        if (out != null) {
          MetricsFile.write(out, result, ModalityPattern.missing(examples, saved.modalities()));
        }
        classifier
            .cuts(examples, console.progress())
            .forEach(cut -> console.out().println(cut.line()));
        EvaluationTables.print(result, MissingLine.of(examples, saved.modalities()), console.out());
      }
    }
    return 0;
  }
}
