package org.pmf4j.cli.pretrain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.pmf4j.api.modality.Pretraining;
import picocli.CommandLine.Option;

/**
 * Sizes of a new encoder, where those that belong to other modalities than the chosen one are
 * refused; or of an existing one, which must agree.
 */
final class SizeOptions {
  @Option(
      names = "--width",
      paramLabel = "N",
      description = "width of the token states (default: 128)")
  private Integer width;

  @Option(names = "--depth", paramLabel = "N", description = "layers (default: 4)")
  private Integer depth;

  @Option(names = "--heads", paramLabel = "N", description = "attention heads (default: 4)")
  private Integer heads;

  @Option(
      names = "--mlp-width",
      paramLabel = "N",
      description = "hidden width of the layers' MLPs (default: 4 times the width)")
  private Integer mlpWidth;

  @Option(
      names = "--image-size",
      paramLabel = "N",
      description = "image, video: pixels of a side (default: 64)")
  private Integer imageSize;

  @Option(
      names = "--patch-size",
      paramLabel = "N",
      description =
          "a patch's side; image: pixels (default: 8), video: pixels, audio: frames (default: 16)")
  private Integer patchSize;

  @Option(
      names = "--vocabulary-size",
      paramLabel = "N",
      description = "text: the most tokens in the vocabulary (default: 8192)")
  private Integer vocabularySize;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      description = "text: the most tokens; audio: frames of a clip (default: 128 for both)")
  private Integer maxLength;

  @Option(
      names = "--sampling-rate",
      paramLabel = "N",
      description = "audio: samples a second that clips are brought to (default: 16000)")
  private Integer samplingRate;

  @Option(
      names = "--mel-bins",
      paramLabel = "N",
      description = "audio: frequencies of the spectrogram (default: 64)")
  private Integer melBins;

  @Option(
      names = "--patch-stride",
      paramLabel = "N",
      description = "audio: frames from patch to patch (default: 10, at most the patch size)")
  private Integer patchStride;

  @Option(
      names = "--size",
      paramLabel = "NAME=N",
      description =
          "any other size that the modality has: video: frames (default: 8) and tubelet-size"
              + " (default: 2), or a plugin's own; repeatable")
  private Map<String, Integer> others = new LinkedHashMap<>();

  /** All sizes of a new encoder. */
  Pretraining.Sizes sizes() {
    return new Pretraining.Sizes(
        Objects.requireNonNullElse(width, 128),
        Objects.requireNonNullElse(depth, 4),
        Objects.requireNonNullElse(heads, 4),
        extra());
  }

  /** The sizes that were given. */
  Map<String, Integer> stated() {
    Map<String, Integer> stated = new LinkedHashMap<>();
    put(stated, "width", width);
    put(stated, "depth", depth);
    put(stated, "heads", heads);
    stated.putAll(extra());
    return stated;
  }

  private Map<String, Integer> extra() {
    Map<String, Integer> extra = new LinkedHashMap<>(others);
    put(extra, "mlp-width", mlpWidth);
    put(extra, "image-size", imageSize);
    put(extra, "patch-size", patchSize);
    put(extra, "vocab-size", vocabularySize);
    put(extra, "max-length", maxLength);
    put(extra, "sampling-rate", samplingRate);
    put(extra, "mel-bins", melBins);
    put(extra, "patch-stride", patchStride);
    return extra;
  }

  private static void put(Map<String, Integer> extra, String key, Integer value) {
    if (value != null) {
      extra.put(key, value);
    }
  }
}
