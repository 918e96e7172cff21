package org.pmf4j.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.checkpoint.EncoderFiles;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.model.Int8Layers;
import org.pmf4j.core.model.SavedModel;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.export.check.SampleInputs;
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
 * Traces a model's graphs and writes them with their weights and all that lies beside them. For one
 * thread at a time.
 *
 * @param pmf with the plugins that the model needs
 * @param saved the model
 * @param request what is wanted
 * @param samples what encoders take
 * @param patterns a graph for each
 */
record GraphWriter(
    Pmf pmf,
    SavedModel saved,
    ExportRequest request,
    SampleInputs samples,
    List<ModalityPattern> patterns) {

  /**
   * What was written.
   *
   * @param graphs in the order of the patterns
   * @param weights of all
   */
  record Written(List<GraphFile> graphs, WeightFiles weights) {}

  /** The same for one pattern alone. */
  GraphWriter of(ModalityPattern pattern) {
    return new GraphWriter(pmf, saved, request, samples, List.of(pattern));
  }

  /**
   * Writes the files into an empty folder.
   *
   * @param tracing where the model is loaded to
   * @param int8 linear layers that are in no integers; empty if none are in integers
   */
  Written write(Path folder, TracingBackend tracing, Optional<Int8Layers> int8, Progress progress) {
    SavedModel found = pmf.saved(request.model(), request.moved(), tracing.backend());
    try (FusedModel traced = int8.map(found::inIntegers).orElse(found).assemble()) {
      List<GraphFile> graphs = graphs(tracing, traced, progress);
      return new Written(graphs, write(folder, graphs, traced.encoders(), progress));
    }
  }

  private List<GraphFile> graphs(TracingBackend tracing, FusedModel traced, Progress progress) {
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
}
