package org.pmf4j.cli.option;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.core.run.TrainConfig;
import picocli.CommandLine.Option;

/**
 * What is learnt by training a fused model: of which rows, over which encoders, towards what. For
 * one thread at a time.
 */
public final class FusionTaskOptions {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "training table, CSV or JSONL")
  private Path data;

  @Option(
      names = "--encoder",
      required = true,
      paramLabel = "NAME=DIR",
      description = "an encoder as save_pretrained writes it; give two or more")
  private Map<String, Path> encoders = new LinkedHashMap<>();

  @Option(
      names = "--task",
      paramLabel = "KIND",
      description = "single-label, multi-label or regression (default: ${DEFAULT-VALUE})")
  private String task = "single-label";

  @Option(
      names = "--label-smoothing",
      paramLabel = "SHARE",
      description = "share of the target spread over all classes (default: ${DEFAULT-VALUE})")
  private double labelSmoothing;

  @Option(
      names = "--modality-dropout",
      paramLabel = "P",
      description =
          "probability with which each modality of a row is dropped in an epoch, never all"
              + " (default: ${DEFAULT-VALUE})")
  private double modalityDropout;

  @Option(
      names = "--class-weights",
      paramLabel = "KIND",
      converter = Weights.class,
      description = "equal, or balanced to weigh rare classes more (default: equal)")
  private TrainConfig.ClassWeights classWeights = TrainConfig.ClassWeights.EQUAL;

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      converter = Choice.Precision.class,
      description =
          "of the encoders' matrices: fp32; bf16 for half the memory, slow on processors without"
              + " instructions for it; auto for that of the run or model gone on with, else fp32"
              + " (default: auto)")
  private PrecisionChoice precision = PrecisionChoice.AUTO;

  /** The training table. */
  public Path data() {
    return data;
  }

  /** The encoders' directories by modality, in the order in which they were given. */
  public Map<String, Path> encoders() {
    return Collections.unmodifiableMap(encoders);
  }

  /** The kind of task. */
  public String task() {
    return task;
  }

  /** Share of the target that is spread over all classes. */
  public double labelSmoothing() {
    return labelSmoothing;
  }

  /** Probability with which each modality of a row is dropped. */
  public double modalityDropout() {
    return modalityDropout;
  }

  /** How classes are weighed. */
  public TrainConfig.ClassWeights classWeights() {
    return classWeights;
  }

  /** Of the encoders' matrices. */
  public PrecisionChoice precision() {
    return precision;
  }

  /** {@code equal} or {@code balanced}. */
  static final class Weights extends Choice<TrainConfig.ClassWeights> {
    Weights() {
      super(TrainConfig.ClassWeights.class);
    }
  }
}
