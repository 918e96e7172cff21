package org.pmf4j.api.tensor;

/** Element type of a tensor. Nothing is promoted silently: mixing types is an error. */
public enum DType {
  /** IEEE single precision: the default of all maths here. */
  FLOAT32(4),
  /** IEEE double precision, for oracles and gradient checks. */
  FLOAT64(8),
  /** Single precision cut to 16 bits, for frozen weights. */
  BFLOAT16(2),
  /** Indices and token ids. */
  INT64(8),
  /** Masks; one byte an element, 0 or 1. */
  BOOL(1),
  /**
   * Whole numbers −128 … 127, as {@link QuantizedMatrix} keeps them; no tensor of a backend has it.
   *
   * @since API version 2
   */
  INT8(1);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes an element takes. */
  public int bytes() {
    return bytes;
  }

  /** True for the types that can carry a gradient. */
  public boolean isFloating() {
    return this == FLOAT32 || this == FLOAT64 || this == BFLOAT16;
  }
}
