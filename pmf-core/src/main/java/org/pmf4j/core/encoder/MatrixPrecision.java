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
  BFLOAT16(DType.BFLOAT16);

  private final DType type;

  MatrixPrecision(DType type) {
    this.type = type;
  }

  /** The one whose name in saved models and runs, such as {@code bfloat16}, this is. */
  public static Optional<MatrixPrecision> named(String name) {
    return Arrays.stream(values())
        .filter(p -> p.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  /** The type of matrices. */
  DType type() {
    return type;
  }
}
