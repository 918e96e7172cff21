package org.pmf4j.cli.option;

import java.util.Optional;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.model.SavedModel;
import picocli.CommandLine.Option;

/** In which precision a trained model computes. For one thread at a time. */
public final class PrecisionOption {
  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      converter = Choice.Precision.class,
      description =
          "of the frozen encoders' matrices: fp32; bf16; int8 for linear layers in 8-bit integers,"
              + " on --backend ort; auto for that which the model was trained with (default: auto)")
  private PrecisionChoice precision = PrecisionChoice.AUTO;

  /** The chosen one; empty for the model's own. */
  public Optional<MatrixPrecision> chosen() {
    return Optional.ofNullable(precision.orOpen());
  }

  /** The model in this precision. */
  public SavedModel of(SavedModel saved) {
    return chosen().map(saved::in).orElse(saved);
  }
}
