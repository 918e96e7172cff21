package org.pmf4j.export;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.onnx.Opset;

/**
 * What is to be exported. Immutable, so that any number of threads may share it.
 *
 * @param model a saved model's folder
 * @param moved by modality, where encoders are now that have moved since training
 * @param out the folder to make; one that an export made is replaced
 * @param patterns of modalities, such as {@code image+text}, a graph for each; empty for all that
 *     the model takes, up to {@link PatternChoice#MOST}
 * @param lengths by modality, what its length is fixed to; the others stay open where they can
 * @param opset of the graphs
 * @param outputs beside logits and what they mean
 * @param weights where these lie
 */
public record ExportRequest(
    Path model,
    Map<String, Path> moved,
    Path out,
    List<String> patterns,
    Map<String, Long> lengths,
    Opset opset,
    Outputs outputs,
    Weights weights) {

  /** What graphs give beside logits and what they mean. */
  public enum Outputs {
    /** Nothing. */
    PREDICTIONS,
    /** The pooled vectors of the encoders without fusion. */
    POOLED_TOO
  }

  /** Where weights lie. */
  public enum Weights {
    /** All in one file. */
    ONE_FILE,
    /** Those of encoders in copies of their own files, where their bytes serve as they are. */
    LINKED_ENCODERS
  }

  /** Copies the maps. */
  public ExportRequest {
    patterns = List.copyOf(patterns);
    moved = Map.copyOf(moved);
    lengths = new LinkedHashMap<>(lengths);
  }
}
