package org.pmf4j.core.store;

import java.util.Arrays;
import java.util.Optional;
import org.pmf4j.api.tensor.DType;

/** Element types of safetensors, in its own order, which is also the order of alignment. */
public enum StoredType {
  /** One byte, 0 or 1. */
  BOOL(1, DType.BOOL),
  /** Unsigned, 8 bits. */
  U8(1, DType.INT64),
  /** Signed, 8 bits. */
  I8(1, DType.INT64),
  /** Eight-bit floating point, 5 bits of exponent; not read. */
  F8_E5M2(1, null),
  /** Eight-bit floating point, 4 bits of exponent; not read. */
  F8_E4M3(1, null),
  /** Signed, 16 bits. */
  I16(2, DType.INT64),
  /** Unsigned, 16 bits. */
  U16(2, DType.INT64),
  /** IEEE half precision. */
  F16(2, DType.FLOAT32),
  /** Single precision cut to 16 bits. */
  BF16(2, DType.FLOAT32),
  /** Signed, 32 bits. */
  I32(4, DType.INT64),
  /** Unsigned, 32 bits. */
  U32(4, DType.INT64),
  /** IEEE single precision. */
  F32(4, DType.FLOAT32),
  /** IEEE double precision. */
  F64(8, DType.FLOAT64),
  /** Signed, 64 bits. */
  I64(8, DType.INT64),
  /** Unsigned, 64 bits; not read, since half of its values fit no other type. */
  U64(8, null);

  private final int bytes;
  private final DType readAs;

  StoredType(int bytes, DType readAs) {
    this.bytes = bytes;
    this.readAs = readAs;
  }

  /** Bytes an element takes in the file. */
  public int bytes() {
    return bytes;
  }

  /** The type that it becomes in memory; empty if it is not read. */
  public Optional<DType> readAs() {
    return Optional.ofNullable(readAs);
  }

  /** True if the bytes in the file are those in memory, so that nothing is converted. */
  boolean isPlain() {
    return this == of(readAs);
  }

  /** The type by its name in the file, such as {@code F32}; empty if unknown. */
  public static Optional<StoredType> named(String name) {
    return Arrays.stream(values()).filter(t -> t.name().equals(name)).findFirst();
  }

  /** What a type in memory is written as; null for null. */
  public static StoredType of(DType type) {
    if (type == null) {
      return null;
    }
    return switch (type) {
      case FLOAT32 -> F32;
      case FLOAT64 -> F64;
      case BFLOAT16 -> BF16;
      case INT64 -> I64;
      case BOOL -> BOOL;
      case INT8 -> I8;
    };
  }
}
