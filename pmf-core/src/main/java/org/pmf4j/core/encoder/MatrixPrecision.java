package org.pmf4j.core.encoder;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.api.tensor.DType;

/** The type in which frozen matrices are held and multiplied. */
public enum MatrixPrecision {
  /** Single precision. */
  FLOAT32(DType.FLOAT32),
  /** Half the memory and, on processors made for it, several times the speed; not bit-exact. */
  BFLOAT16(DType.BFLOAT16),
  /**
   * Linear layers in 8-bit integers, all else in single precision: a quarter of the memory, for
   * inference alone; not bit-exact.
   */
  INT8(DType.FLOAT32);

  private final DType type;

  MatrixPrecision(DType type) {
    this.type = type;
  }

  /** What it adds to the name of a folder of results, which those of no other have. */
  public String suffix() {
    return switch (this) {
      case FLOAT32 -> "";
      case BFLOAT16 -> "-bf16";
      case INT8 -> "-int8";
    };
  }

  /** The one whose name in saved models and runs, such as {@code bfloat16}, this is. */
  public static Optional<MatrixPrecision> named(String name) {
    return Arrays.stream(values())
        .filter(p -> p.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  /** The type of matrices that are in no integers. */
  DType type() {
    return type;
  }
}
