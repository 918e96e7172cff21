package org.pmf4j.cli.evaluate;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.console.MissingLine;
import org.pmf4j.cli.evaluate.page.EvaluationPage;
import org.pmf4j.cli.option.BackendChoice;
import org.pmf4j.cli.option.BatchOption;
import org.pmf4j.cli.option.ModelOptions;
import org.pmf4j.cli.option.OutputFile;
import org.pmf4j.cli.option.PartOptions;
import org.pmf4j.cli.option.PrecisionOption;
import org.pmf4j.cli.option.RequiredTable;
import org.pmf4j.cli.option.StreamOption;
import org.pmf4j.cli.option.TableReading;
import org.pmf4j.cli.option.UnknownLabelsOption;
import org.pmf4j.cli.option.WithoutOption;
import org.pmf4j.cli.rows.FormatOption;
import org.pmf4j.cli.rows.RowFormat;
import org.pmf4j.cli.rows.RowTarget;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.file.OutputPlace;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.core.model.Answers;
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
      "  pmf evaluate --model model --data test.csv --report test.html --wrong wrong.csv",
      "  pmf evaluate --model model --data test.csv --without audio",
      "  pmf evaluate --model model --data ads.csv --part test",
      "  pmf evaluate --model model --data test.csv --encoder text=/elsewhere/bert"
    })
public final class EvaluateCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelOptions model = new ModelOptions();

  @Mixin private RequiredTable data = new RequiredTable();

  @Mixin private TableReading reading = new TableReading();

  @Mixin private PartOptions part = new PartOptions();

  @Mixin private UnknownLabelsOption unknown = new UnknownLabelsOption();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "JSON file for metrics, classes and confusion matrix; - is standard output")
  private Path out;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "HTML page: metrics with intervals, classes, curves, thresholds, calibration, and the"
              + " most wrong rows with their pictures and sounds")
  private Path report;

  @Option(
      names = "--wrong",
      paramLabel = "FILE",
      description =
          "file for the wrong rows: row, label, prediction, probability and loss; - is standard"
              + " output")
  private Path wrong;

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private StreamOption stream = new StreamOption();

  @Mixin private WithoutOption without = new WithoutOption();

  @Mixin private BatchOption batch = new BatchOption();

  @Mixin private PrecisionOption precision = new PrecisionOption();

  @Mixin private BackendChoice backend = new BackendChoice();

  /** A command that writes to {@code console}. */
  public EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Path> results = Stream.of(out, report, wrong).filter(Objects::nonNull).toList();
    requireDistinct(results);
    if (RowTarget.isStandardOutput(report)) {
      throw PmfException.usage("--report is a page with pictures; name a file for it");
    }
    List<Path> files = results.stream().filter(f -> !RowTarget.isStandardOutput(f)).toList();
    files.forEach(OutputFile::check);
    if (wrong == null) {
      format.requireNone("--wrong");
    }
    RowFormat rows = wrong == null ? RowFormat.CSV : format.of(wrong);
    Console words = RowTarget.words(console, results.toArray(Path[]::new));
    int batchSize = batch.rows();
    try (Pmf pmf = backend.open()) {
      TableLocation given = data.onceLocation();
      SavedModel opened = precision.of(model.open(pmf));
      SavedModel saved =
          opened.reading(
              reading.over(opened.tables()).with(unknown.choice()).with(stream.of(given)));
      TableLocation table = part.of(given, saved, model.directory(), console.progress());
      if (wrong != null && saved.task() instanceof Task.Regression) {
        throw PmfException.usage(
            "--wrong goes with classes; this model predicts numbers, and --report shows those that"
                + " are farthest off");
      }
      OutputPlace places = saved.outputs();
      table.keepIn(places, "the table");
      files.forEach(places::requireFile);
      List<Example> examples =
          saved.read(table, Table.Labelled.REQUIRED, without.modalities(), console.progress());
      files.forEach(file -> Table.requireNotNamed(examples, file));
      try (Classifier classifier = saved.load(batchSize)) {
        Answers answers = classifier.answers(examples, console.progress());
        EvaluationResult result = answers.result();
        if (out != null) {
          MetricsFile.write(
              new RowTarget(console, out),
              result,
              ModalityPattern.missing(examples, saved.modalities()));
        }
        if (wrong != null) {
          new WrongFile(rows, format).write(new RowTarget(console, wrong), answers);
        }
        Optional<String> missing = MissingLine.of(examples, saved.modalities());
        if (report != null) {
          EvaluationPage.of(answers, table.name(), saved::preview, facts(saved, table, missing))
              .write(report);
        }
        classifier
            .cuts(examples, console.progress())
            .forEach(cut -> words.out().println(cut.line()));
        EvaluationTables.print(result, missing, words.out());
      }
    }
    return 0;
  }

  private static void requireDistinct(List<Path> files) {
    for (int i = 0; i < files.size(); i++) {
      OutputPlace others = new OutputPlace();
      files.subList(0, i).forEach(f -> others.file("another output", f));
      others.requireFile(files.get(i));
    }
  }

  private Map<String, String> facts(
      SavedModel saved, TableLocation table, Optional<String> missing) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("model", model.directory().path().toString());
    facts.put("table", table.name());
    part.name().ifPresent(name -> facts.put("rows", name));
    facts.put("modalities", String.join(", ", saved.modalities()));
    missing.ifPresent(m -> facts.put("missing", m));
    if (!without.modalities().isEmpty()) {
      facts.put("without", String.join(", ", without.modalities()));
    }
    facts.put("trained by", saved.config().writtenBy());
    return facts;
  }
}
