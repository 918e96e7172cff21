package org.pmf4j.onnx;

/**
 * Versions of ONNX's operators that graphs are written in. Immutable, so that any number of threads
 * may share it.
 */
public enum Opset {
  /** For servers of 2022 and later: GELU is composed of other operators. */
  V17(17, 8),
  /** For ONNX Runtime 1.17 and later: every operation of transformers but attention is one node. */
  V20(20, 9);

  /** What graphs are written in unless told otherwise. */
  public static final Opset DEFAULT = V20;

  private final int version;
  private final int irVersion;

  Opset(int version, int irVersion) {
    this.version = version;
    this.irVersion = irVersion;
  }

  /** The version of the operator set of the default domain. */
  public int version() {
    return version;
  }

  /** The version of the file format that came with it. */
  public int irVersion() {
    return irVersion;
  }

  /** True if GELU is an operator. */
  boolean hasGelu() {
    return version >= 20;
  }

  /** True if the axes of means and maxima are an input; they are an attribute before. */
  boolean takesAxesAsInput() {
    return version >= 18;
  }
}
