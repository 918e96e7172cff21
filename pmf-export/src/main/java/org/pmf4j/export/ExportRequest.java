package org.pmf4j.export;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
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
 * @param int8 how far linear layers may be in 8-bit integers; empty for none
 */
public record ExportRequest(
    Path model,
    Map<String, Path> moved,
    Path out,
    List<String> patterns,
    Map<String, Long> lengths,
    Opset opset,
    Outputs outputs,
    Weights weights,
    Optional<Int8> int8) {

  /**
   * Frozen linear layers in 8-bit integers.
   *
   * @param mostLost what that may cost at most on the rows, from 0 to 1: of accuracy; where rows
   *     have no labels, the share of predictions that are others; of a regression, the share of its
   *     variance by which predictions move
   */
  public record Int8(double mostLost) {
    /** Half a point of accuracy. */
    public static final double MOST_LOST = 0.005;

    /** Refuses what is out of range. */
    public Int8 {
      if (!(mostLost >= 0 && mostLost <= 1)) {
        throw PmfException.usage("--most-lost " + mostLost + ": must be from 0 to 1");
      }
    }
  }

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

  /** In single precision. */
  public ExportRequest(
      Path model,
      Map<String, Path> moved,
      Path out,
      List<String> patterns,
      Map<String, Long> lengths,
      Opset opset,
      Outputs outputs,
      Weights weights) {
    this(model, moved, out, patterns, lengths, opset, outputs, weights, Optional.empty());
  }

  /** The same in 8-bit integers. */
  public ExportRequest in(Int8 integers) {
    return new ExportRequest(
        model, moved, out, patterns, lengths, opset, outputs, weights, Optional.of(integers));
  }

  /** Copies the maps. */
  public ExportRequest {
    patterns = List.copyOf(patterns);
    moved = Map.copyOf(moved);
    lengths = new LinkedHashMap<>(lengths);
  }
}
