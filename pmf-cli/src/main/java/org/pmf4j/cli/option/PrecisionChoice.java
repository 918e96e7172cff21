package org.pmf4j.cli.option;

import org.pmf4j.core.encoder.MatrixPrecision;

/** What a user may ask for as the type of the encoders' matrices. */
public enum PrecisionChoice {
  /** That of the run or model that is gone on with, else single precision. */
  AUTO(null),
  /** Single precision. */
  FP32(MatrixPrecision.FLOAT32),
  /** Half the memory; not bit-exact. */
  BF16(MatrixPrecision.BFLOAT16),
  /** Linear layers in 8-bit integers; for inference alone, not bit-exact. */
  INT8(MatrixPrecision.INT8);

  private final MatrixPrecision chosen;

  PrecisionChoice(MatrixPrecision chosen) {
    this.chosen = chosen;
  }

  /** The type, or null where it is left open. */
  public MatrixPrecision orOpen() {
    return chosen;
  }

  /** The type, where nothing is gone on with. */
  public MatrixPrecision alone() {
    return chosen == null ? MatrixPrecision.FLOAT32 : chosen;
  }
}
