package org.pmf4j.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.model.Int8Layers;
import org.pmf4j.core.model.ModelDirectory;
import org.pmf4j.core.model.SavedModel;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.trunk.Trunks;
import org.pmf4j.export.check.Agreement;
import org.pmf4j.export.check.BackendCheck;
import org.pmf4j.export.check.MadeUpRows;
import org.pmf4j.export.check.PatternRows;
import org.pmf4j.export.check.SampleInputs;
import org.pmf4j.export.files.ExportCard;
import org.pmf4j.export.files.ExportFolder;
import org.pmf4j.export.files.GraphFile;
import org.pmf4j.export.files.Manifest;
import org.pmf4j.onnx.TracingBackend;

/**
 * Exports a saved model. For one thread at a time.
 *
 * @param pmf the backend that graphs are held against
 * @param saved the model on it
 * @param request what is wanted
 */
public record ExportJob(Pmf pmf, SavedModel saved, ExportRequest request) {
  /** How far logits of a graph may be from the backend's: sums are taken in another order. */
  public static final double TOLERANCE = 1e-4;

  /**
   * Rows of a table.
   *
   * @param name of the table, for people
   * @param rows that the model reads
   */
  public record Data(String name, List<Example> rows) {
    /** Copies the list. */
    public Data {
      rows = List.copyOf(rows);
    }
  }

  /**
   * Writes the folder, if its graphs compute what the backend computes.
   *
   * @param data to compare on; empty for made-up rows
   * @throws PmfException for what cannot be exported, naming what is wrong; of the kind
   *     COMPUTATION, if logits differ by more than {@link #TOLERANCE}, or integers lose more than
   *     they may: nothing is written then
   */
  public ExportReport run(Optional<Data> data, Progress progress) {
    AdapterConfig config = saved.config();
    requireSinglePrecision(config);
    if (request.int8().isPresent() && data.isEmpty()) {
      throw PmfException.usage("--int8 wants rows to measure on; give a table by --data");
    }
    ExportFolder.requireReplaceable(request.out());
    saved.outputs().requireFolder(request.out());
    try (FusedModel model = saved.assemble();
        Trunks trunks = model.trunks();
        ExportFolder folder = ExportFolder.begin(request.out())) {
      PatternChoice choice =
          new PatternChoice(
              List.copyOf(saved.modalities()), model.plan().required(), config.method());
      List<ModalityPattern> patterns = choice.of(request.patterns());
      List<Example> seen =
          data.map(Data::rows).orElseGet(() -> MadeUpRows.of(model, config.columns()));
      SampleInputs samples =
          SampleInputs.of(model.encoders(), named(patterns), seen).fixing(request.lengths());
      List<Example> rows = data.isPresent() ? seen : samples.fitting(model.encoders(), seen);
      GraphWriter writer = new GraphWriter(pmf, saved, request, samples, patterns);
      BackendCheck check = new BackendCheck(model, trunks, saved.task());
      Built built = build(folder, writer, check, rows, progress);
      String told =
          told(built.checked(), data)
              + built.int8().map(r -> " " + String.join("; ", r.lines()) + ".").orElse("");
      List<GraphFile> graphs = built.written().graphs();
      new Manifest(
              config,
              request.opset().version(),
              graphs,
              samples.most(),
              built.int8().map(Int8Report::toMap))
          .write(folder.path());
      AtomicFile.write(
          folder.path().resolve("README.md"),
          ExportCard.of(
              config, saved.task(), request.opset().version(), graphs, samples.most(), told));
      progress.checkStop("before the folder was complete; nothing is exported");
      folder.complete();
      built.int8().ifPresent(r -> keep(r.inFloat()));
      return new ExportReport(
          built.checked(),
          choice.leftOut(request.patterns()),
          built.written().weights().bytes(),
          built.written().weights().linked(),
          data.map(Data::name),
          built.int8());
    }
  }

  /** Graphs in their files, which compute what they should. */
  private record Built(
      GraphWriter.Written written, List<ExportReport.Checked> checked, Optional<Int8Report> int8) {}

  private Built build(
      ExportFolder folder,
      GraphWriter writer,
      BackendCheck check,
      List<Example> rows,
      Progress progress) {
    if (request.int8().isPresent()) {
      double most = request.int8().get().mostLost();
      Int8Export.Found found = new Int8Export(writer, check, rows, most).write(folder, progress);
      return new Built(found.written(), found.checked(), Optional.of(found.report()));
    }
    try (TracingBackend tracing = TracingBackend.open(request.opset())) {
      GraphWriter.Written written =
          writer.write(folder.path(), tracing, Optional.empty(), progress);
      return new Built(
          written, check(folder.path(), written.graphs(), check, rows, progress), Optional.empty());
    }
  }

  /** Where the model itself computes in integers, it goes by what was measured here. */
  private void keep(Int8Layers inFloat) {
    ModelDirectory directory = new ModelDirectory(request.model());
    inFloat.write(directory.int8(), saved.config().adapterSha256());
  }

  /** The modalities of some patterns. */
  private static Set<String> named(List<ModalityPattern> patterns) {
    Set<String> all = new LinkedHashSet<>();
    patterns.forEach(p -> all.addAll(p.modalities()));
    return all;
  }

  private static void requireSinglePrecision(AdapterConfig config) {
    String precision = config.precision().toUpperCase(Locale.ROOT);
    if (!precision.equals(MatrixPrecision.FLOAT32.name())) {
      throw PmfException.usage(
          "the model computes in bfloat16, which engines of ONNX have on few machines; train it"
              + " with --precision fp32 to export it");
    }
  }

  private List<ExportReport.Checked> check(
      Path folder,
      List<GraphFile> graphs,
      BackendCheck check,
      List<Example> rows,
      Progress progress) {
    List<ExportReport.Checked> all = new ArrayList<>();
    for (GraphFile g : graphs) {
      List<Example> some = PatternRows.required(g.pattern(), rows, List.copyOf(saved.modalities()));
      Agreement found =
          check.of("check " + g.pattern(), folder.resolve(g.name()), g.graph(), some, progress);
      if (!found.within(TOLERANCE)) {
        throw PmfException.computation(
            String.format(
                Locale.ROOT,
                "%s: its logits differ from those of backend %s by up to %.2g on %d rows, more than"
                    + " %.0e; nothing is exported",
                g.name(),
                pmf.backend().info().name(),
                found.largest(),
                found.rows(),
                TOLERANCE));
      }
      all.add(new ExportReport.Checked(g, found));
    }
    return all;
  }

  private String told(List<ExportReport.Checked> checked, Optional<Data> data) {
    int rows = checked.stream().mapToInt(c -> c.agreement().rows()).sum();
    int changed = checked.stream().mapToInt(c -> c.agreement().changed()).sum();
    double largest = checked.stream().mapToDouble(c -> c.agreement().largest()).max().orElse(0);
    return String.format(
        Locale.ROOT,
        "On %d %s rows, logits differ from those of backend %s by at most %.1e, and %s.",
        rows,
        data.isPresent() ? "real" : "made-up",
        pmf.backend().info().name(),
        largest,
        changed == 0 ? "no prediction differs" : changed + " predictions differ");
  }
}
