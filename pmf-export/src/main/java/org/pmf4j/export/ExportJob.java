package org.pmf4j.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.checkpoint.EncoderFiles;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.core.model.FusedModel;
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
import org.pmf4j.export.files.LinkedFile;
import org.pmf4j.export.files.Manifest;
import org.pmf4j.export.files.Preprocessing;
import org.pmf4j.export.files.TritonConfig;
import org.pmf4j.export.files.WeightFiles;
import org.pmf4j.export.graph.GraphTracer;
import org.pmf4j.export.graph.OpenTrace;
import org.pmf4j.onnx.TracingBackend;
import org.pmf4j.onnx.WeightPlace;

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
   *     COMPUTATION, if logits differ by more than {@link #TOLERANCE}: nothing is written then
   */
  public ExportReport run(Optional<Data> data, Progress progress) {
    AdapterConfig config = saved.config();
    requireSinglePrecision(config);
    ExportFolder.requireReplaceable(request.out());
    saved.outputs().requireFolder(request.out());
    try (FusedModel model = saved.assemble();
        Trunks trunks = model.trunks();
        TracingBackend tracing = TracingBackend.open(request.opset());
        FusedModel traced =
            pmf.saved(request.model(), request.moved(), tracing.backend()).assemble();
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
      List<GraphFile> graphs = graphs(tracing, traced, samples, patterns, progress);
      WeightFiles weights = write(folder.path(), graphs, traced.encoders(), progress);
      BackendCheck check = new BackendCheck(model, trunks, saved.task());
      List<ExportReport.Checked> checked = check(folder.path(), graphs, check, rows, progress);
      String told = told(checked, data);
      new Manifest(config, request.opset().version(), graphs).write(folder.path());
      AtomicFile.write(
          folder.path().resolve("README.md"),
          ExportCard.of(config, saved.task(), request.opset().version(), graphs, told));
      progress.checkStop("before the folder was complete; nothing is exported");
      folder.complete();
      return new ExportReport(
          checked,
          choice.leftOut(request.patterns()),
          weights.bytes(),
          weights.linked(),
          data.map(Data::name));
    }
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

  private List<GraphFile> graphs(
      TracingBackend tracing,
      FusedModel traced,
      SampleInputs samples,
      List<ModalityPattern> patterns,
      Progress progress) {
    boolean pooled = request.outputs() == ExportRequest.Outputs.POOLED_TOO;
    GraphTracer tracer =
        new GraphTracer(tracing, traced, saved.task(), samples.inputs(), samples.lengths(), pooled);
    List<GraphFile> files = new ArrayList<>();
    try (Progress.Bar bar = progress.begin("trace", patterns.size(), "graphs")) {
      Map<ModalityPattern, OpenTrace> graphs = tracer.trace(patterns);
      graphs.forEach(
          (pattern, graph) -> {
            Map<String, Integer> widths = new LinkedHashMap<>();
            if (pooled) {
              pattern
                  .modalities()
                  .forEach(m -> widths.put(m, traced.encoders().get(m).encoder().width()));
            }
            files.add(new GraphFile(pattern, graph, saved.task(), widths));
          });
      bar.advance(patterns.size(), "");
    }
    return files;
  }

  private WeightFiles write(
      Path folder, List<GraphFile> graphs, Named<LoadedEncoder> encoders, Progress progress) {
    WeightFiles weights = new WeightFiles();
    graphs.forEach(g -> weights.add(g.graph().model()));
    try (Progress.Bar bar = progress.begin("write", 2, "parts")) {
      if (request.weights() == ExportRequest.Weights.LINKED_ENCODERS) {
        encoders.asMap().forEach((m, e) -> linked(folder, m, e).forEach(weights::link));
      }
      Named<WeightPlace> places = weights.write(folder);
      bar.advance(1, "");
      Map<String, String> metadata = new LinkedHashMap<>();
      metadata.put("task", saved.config().task());
      metadata.put("method", saved.config().method());
      for (GraphFile g : graphs) {
        OpenTrace graph = g.graph();
        graph
            .model()
            .withMetadata(metadata)
            .write(folder.resolve(g.name()), WeightFiles.of(graph.model(), places));
        Path triton = folder.resolve("triton").resolve(g.modelName());
        AtomicFile.createFolders(triton);
        AtomicFile.write(triton.resolve("config.pbtxt"), TritonConfig.of(g));
      }
      Path preprocessing = folder.resolve(Manifest.PREPROCESSING);
      encoders
          .asMap()
          .forEach((m, e) -> Preprocessing.copy(e.directory(), preprocessing.resolve(m)));
      bar.advance(1, "");
    }
    return weights;
  }

  /** An encoder's own files of safetensors; of other formats none serve as they are. */
  private static List<LinkedFile> linked(Path folder, String modality, LoadedEncoder encoder) {
    return EncoderFiles.of(encoder.directory().files()).weights().stream()
        .filter(file -> file.getFileName().toString().endsWith(".safetensors"))
        .filter(Files::isRegularFile)
        .map(file -> LinkedFile.of(file, folder, "encoders/" + modality + "/" + file.getFileName()))
        .toList();
  }

  private List<ExportReport.Checked> check(
      Path folder,
      List<GraphFile> graphs,
      BackendCheck check,
      List<Example> rows,
      Progress progress) {
    List<ExportReport.Checked> all = new ArrayList<>();
    for (GraphFile g : graphs) {
      List<Example> some = PatternRows.of(g.pattern(), rows, List.copyOf(saved.modalities()));
      if (some.isEmpty()) {
        throw PmfException.input(
            "--data: no row has "
                + g.pattern()
                + ", on which that graph could be checked; leave it"
                + " out by --patterns, or give other rows");
      }
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
