package org.pmf4j.cli.export;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.option.BackendChoice;
import org.pmf4j.cli.option.ModelOptions;
import org.pmf4j.cli.option.PartOptions;
import org.pmf4j.cli.option.StreamOption;
import org.pmf4j.cli.option.TableOption;
import org.pmf4j.cli.option.TableReading;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.file.OutputPlace;
import org.pmf4j.core.model.SavedModel;
import org.pmf4j.export.ExportJob;
import org.pmf4j.export.ExportRequest;
import org.pmf4j.export.ExportRequest.Outputs;
import org.pmf4j.export.ExportRequest.Weights;
import org.pmf4j.onnx.Opset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pmf export}. For one thread at a time. */
@Command(
    name = "export",
    description = {
      "Writes a model as ONNX graphs, which ONNX Runtime and servers of it run.",
      "",
      "There is a graph for each pattern of modalities that rows may have, and one file of weights"
          + " for all. Before the folder gets its name, the graphs are run and held against the"
          + " backend, on the rows of --data or on made-up ones: where logits differ by more than"
          + " 1e-4 nothing is exported."
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Examples:",
      "  pmf export --model model --out onnx",
      "  pmf export --model model --out onnx --data valid.csv --patterns image+text,text",
      "  pmf export --model model --out onnx --opset 17 --length text=128",
      "  pmf export --model model --out onnx --int8 --data valid.csv"
    })
public final class ExportCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelOptions model = new ModelOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "folder to make; an earlier export there is replaced")
  private Path out;

  @Option(
      names = "--patterns",
      split = ",",
      paramLabel = "A+B",
      description =
          "patterns of modalities, a graph for each, such as image+text,image (default: all, up to"
              + " 16)")
  private List<String> patterns = List.of();

  @Option(
      names = "--opset",
      paramLabel = "N",
      converter = OpsetChoice.class,
      description = "version of ONNX's operators: 20, or 17 for old servers (default: 20)")
  private Opset opset = Opset.DEFAULT;

  @Option(
      names = "--pooled",
      description = "give the encoders' own pooled vectors, without fusion, as outputs too")
  private boolean pooled;

  @Option(
      names = "--link-encoders",
      description =
          "leave weights of encoders in copies of their own files, where their bytes serve as they"
              + " are")
  private boolean linkEncoders;

  @Option(
      names = "--length",
      paramLabel = "NAME=N",
      description =
          "fix the length of a modality's samples, which is open wherever its encoder allows")
  private Map<String, Long> lengths = new LinkedHashMap<>();

  @Option(
      names = "--int8",
      description =
          "linear layers of frozen encoders in 8-bit integers, but for those that suffer on the rows"
              + " of --data: a quarter of the memory, and faster")
  private boolean int8;

  @Option(
      names = "--most-lost",
      paramLabel = "SHARE",
      description =
          "with --int8, what accuracy may be lost on these rows; without labels, the share of"
              + " predictions that may differ (default: 0.005)")
  private Double mostLost;

  @Mixin private TableOption data = new TableOption();

  @Mixin private TableReading reading = new TableReading();

  @Mixin private PartOptions part = new PartOptions();

  @Mixin private StreamOption stream = new StreamOption();

  @Mixin private BackendChoice backend = new BackendChoice();

  /** A command that writes to {@code console}. */
  public ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    TableLocation given = data.location();
    if (given == null && part.name().isPresent()) {
      throw PmfException.usage("--part goes with --data");
    }
    try (Pmf pmf = backend.open()) {
      SavedModel opened = model.open(pmf);
      SavedModel saved = opened.reading(reading.over(opened.tables()).with(stream.of(given)));
      ExportRequest inFloat =
          new ExportRequest(
              model.directory().path(),
              model.moved(),
              out,
              patterns,
              lengths,
              opset,
              pooled ? Outputs.POOLED_TOO : Outputs.PREDICTIONS,
              linkEncoders ? Weights.LINKED_ENCODERS : Weights.ONE_FILE);
      ExportRequest request = integers().map(inFloat::in).orElse(inFloat);
      ExportJob job = new ExportJob(pmf, saved, request);
      Optional<ExportJob.Data> rows =
          given == null ? Optional.empty() : Optional.of(rows(saved, given));
      ExportText.print(job.run(rows, console.progress()), out, console.out());
    }
    return 0;
  }

  private Optional<ExportRequest.Int8> integers() {
    if (!int8 && mostLost != null) {
      throw PmfException.usage("--most-lost goes with --int8");
    }
    double most = mostLost == null ? ExportRequest.Int8.MOST_LOST : mostLost;
    return int8 ? Optional.of(new ExportRequest.Int8(most)) : Optional.empty();
  }

  private ExportJob.Data rows(SavedModel saved, TableLocation given) {
    TableLocation table = part.of(given, saved, model.directory(), console.progress());
    OutputPlace places = saved.outputs();
    table.keepIn(places, "the table");
    places.requireFolder(out);
    List<Example> rows = saved.read(table, Table.Labelled.OPTIONAL, Set.of(), console.progress());
    return new ExportJob.Data(table.name(), rows);
  }
}
