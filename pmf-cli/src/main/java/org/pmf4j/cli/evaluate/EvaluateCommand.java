package org.pmf4j.cli.evaluate;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.console.MissingLine;
import org.pmf4j.cli.option.BackendChoice;
import org.pmf4j.cli.option.ModelOptions;
import org.pmf4j.cli.option.OutputFile;
import org.pmf4j.cli.option.RequiredTable;
import org.pmf4j.cli.option.TableReading;
import org.pmf4j.cli.option.UnknownLabelsOption;
import org.pmf4j.cli.option.WithoutOption;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.file.OutputPlace;
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

  @Mixin private RequiredTable data = new RequiredTable();

  @Mixin private TableReading reading = new TableReading();

  @Mixin private UnknownLabelsOption unknown = new UnknownLabelsOption();

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
      TableLocation table = data.location();
      SavedModel opened = model.open(pmf);
      SavedModel saved = opened.reading(reading.over(opened.tables()).with(unknown.choice()));
      if (out != null) {
        OutputPlace places = saved.outputs();
        table.keepIn(places, "the table");
        places.requireFile(out);
      }
      List<Example> examples =
          saved.read(table, Table.Labelled.REQUIRED, without.modalities(), console.progress());
      try (Classifier classifier = saved.load()) {
        EvaluationResult result = classifier.evaluate(examples, console.progress());
        if (out != null) {
          MetricsFile.write(out, result, ModalityPattern.missing(examples, saved.modalities()));
        }
        EvaluationTables.print(result, MissingLine.of(examples, saved.modalities()), console.out());
      }
    }
    return 0;
  }
}
