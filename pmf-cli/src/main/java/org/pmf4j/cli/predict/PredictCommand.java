package org.pmf4j.cli.predict;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Source;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.console.MissingLine;
import org.pmf4j.cli.option.BackendChoice;
import org.pmf4j.cli.option.BatchOption;
import org.pmf4j.cli.option.ModelOptions;
import org.pmf4j.cli.option.PartOptions;
import org.pmf4j.cli.option.PrecisionOption;
import org.pmf4j.cli.option.StreamOption;
import org.pmf4j.cli.option.TableOption;
import org.pmf4j.cli.option.TableReading;
import org.pmf4j.cli.option.WithoutOption;
import org.pmf4j.cli.rows.FormatOption;
import org.pmf4j.cli.rows.RowFormat;
import org.pmf4j.cli.rows.RowTarget;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableStream;
import org.pmf4j.core.file.OutputPlace;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.SavedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code pmf predict}. For one thread at a time. */
@Command(
    name = "predict",
    description = {
      "Predicts the rows of a table, or one record.",
      "",
      "One record is given by an option for each of the model's modalities, such as --image FILE,"
          + " --audio FILE and --text TEXT. In a record or a row, modalities may be missing: leave"
          + " the option out, or the cell blank.",
      "",
      "A table is read, predicted and written piece by piece, however long it is; its first 10,240"
          + " rows are checked before the model is loaded. --out is there once all rows are."
    },
    customSynopsis = {
      "pmf predict --model DIR --data FILE --out FILE [OPTIONS]",
      "       pmf predict --model DIR --MODALITY VALUE ... [OPTIONS]"
    },
    footer = {
      "",
      "Examples:",
      "  pmf predict --model model --data in.csv --out out.csv --logits",
      "  pmf predict --model model --data in.csv --out out.csv --probabilities",
      "  pmf predict --model model --data in.parquet --out out.jsonl --top 3",
      "  zcat in.csv.gz | pmf predict --model model --data - --out - | head",
      "  pmf predict --model model --image cat.jpg --text \"a cat\" --top 3"
    })
public final class PredictCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelOptions model = new ModelOptions();

  @Mixin private TableOption data = new TableOption();

  @Mixin private TableReading reading = new TableReading();

  @Mixin private PartOptions part = new PartOptions();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "file for the table's columns, prediction and probability; - is standard output")
  private Path out;

  @Mixin private AnswerOptions answers = new AnswerOptions();

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private StreamOption stream = new StreamOption();

  @Mixin private WithoutOption without = new WithoutOption();

  @Mixin private BatchOption batch = new BatchOption();

  @Mixin private PrecisionOption precision = new PrecisionOption();

  @Mixin private BackendChoice backend = new BackendChoice();

  @Unmatched private List<String> others = new ArrayList<>();

  /** A command that writes to {@code console}. */
  public PredictCommand(Console console) {
    this.console = console;
  }

  /**
   * Refuses modalities by whose names no record could be given to this command.
   *
   * @throws PmfException naming one that is an option already
   */
  public static void requireNoOption(Collection<String> modalities) {
    CommandSpec options = CommandSpec.forAnnotatedObject(new PredictCommand(null));
    Set<String> inherited = Set.of("--help", "--version", "--debug", "--verbose");
    for (String m : modalities) {
      if (inherited.contains("--" + m) || options.findOption("--" + m) != null) {
        throw PmfException.usage(
            "an encoder cannot be called "
                + Quote.value(m)
                + ": --"
                + m
                + " is an option of 'pmf predict'; rename it and its column");
      }
    }
  }

  @Override
  public Integer call() {
    AdapterConfig config = model.directory().readConfig();
    List<String> modalities = config.encoders().stream().map(AdapterConfig.Base::name).toList();
    Map<String, String> record = RecordArguments.parse(others, modalities);
    TableLocation table = data.location();
    if (table == null && out == null) {
      RecordArguments.requireOne(record, modalities);
      format.requireNone("--data and --out");
      stream.of(null);
      if (!without.modalities().isEmpty()) {
        throw PmfException.usage("--without goes with --data; of a record, leave the option out");
      }
      part.name()
          .ifPresent(
              name -> {
                throw PmfException.usage("--part goes with --data");
              });
      return one(record);
    }
    if (table == null || out == null || !record.isEmpty()) {
      throw PmfException.usage(
          "give either --data and --out, or one record by " + RecordArguments.usage(modalities));
    }
    return table(table);
  }

  private int table(TableLocation given) {
    RowTarget target = new RowTarget(console, out);
    target.check();
    RowFormat rows = format.of(out);
    int batchSize = batch.rows();
    try (Pmf pmf = backend.open()) {
      SavedModel opened = precision.of(model.open(pmf));
      SavedModel saved = opened.reading(reading.over(opened.tables()).with(stream.of(given)));
      TableLocation table = part.of(given, saved, model.directory(), console.progress());
      answers.check(saved.task());
      OutputPlace places = saved.outputs();
      table.keepIn(places, "the table");
      target.ifFile(places::requireFile);
      try (TableStream all = saved.stream(table, without.modalities())) {
        PredictionFile file = PredictionFile.over(all, answers, format, rows);
        PredictedRows predicted =
            new PredictedTable(saved, all, file, batchSize, console.progress()).write(target);
        PrintStream words = RowTarget.words(console, out).out();
        words.printf(
            Locale.ROOT,
            "%d predictions in %s%n",
            predicted.rows(),
            Quote.plain(target.toString()));
        MissingLine.of(predicted.rows(), predicted.missing()).ifPresent(words::println);
        predicted.cuts().forEach(cut -> words.println(cut.line()));
      }
    }
    return 0;
  }

  private int one(Map<String, String> record) {
    try (Pmf pmf = backend.open()) {
      SavedModel saved = precision.of(model.open(pmf));
      answers.check(saved.task());
      Map<String, Source> sources = saved.record(record, Path.of("").toAbsolutePath());
      console.progress().checkStop("before the prediction");
      try (Classifier classifier = saved.load()) {
        PredictionText.print(classifier.predict(sources), answers, console.out());
      }
    }
    return 0;
  }
}
