package org.pmf4j.core.pytorch;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.core.store.StoredType;

/** PyTorch's element types: {@code torch.float32} as a type, {@code FloatStorage} in memory. */
enum ElementType {
  FLOAT32("FloatStorage", 4, StoredType.F32),
  FLOAT64("DoubleStorage", 8, StoredType.F64),
  FLOAT16("HalfStorage", 2, StoredType.F16),
  BFLOAT16("BFloat16Storage", 2, StoredType.BF16),
  INT64("LongStorage", 8, StoredType.I64),
  INT32("IntStorage", 4, StoredType.I32),
  INT16("ShortStorage", 2, StoredType.I16),
  INT8("CharStorage", 1, StoredType.I8),
  UINT8("ByteStorage", 1, StoredType.U8),
  BOOL("BoolStorage", 1, StoredType.BOOL),
  UINT16(null, 2, StoredType.U16),
  UINT32(null, 4, StoredType.U32),
  UINT64(null, 8, StoredType.U64),
  FLOAT8_E4M3FN(null, 1, StoredType.F8_E4M3),
  FLOAT8_E5M2(null, 1, StoredType.F8_E5M2),
  FLOAT8_E4M3FNUZ(null, 1, null),
  FLOAT8_E5M2FNUZ(null, 1, null),
  FLOAT8_E8M0FNU(null, 1, null),
  COMPLEX32(null, 4, null),
  COMPLEX64("ComplexFloatStorage", 8, null),
  COMPLEX128("ComplexDoubleStorage", 16, null),
  QINT8("QInt8Storage", 1, null),
  QUINT8("QUInt8Storage", 1, null),
  QINT32("QInt32Storage", 4, null),
  QUINT4X2("QUInt4x2Storage", 1, null),
  QUINT2X4("QUInt2x4Storage", 1, null);

  private final String storage;
  private final int bytes;
  private final StoredType stored;

  ElementType(String storage, int bytes, StoredType stored) {
    this.storage = storage;
    this.bytes = bytes;
    this.stored = stored;
  }

  /** Bytes an element takes in the file. */
  int bytes() {
    return bytes;
  }

  /** The same type of a safetensors file; empty if it has none. */
  Optional<StoredType> stored() {
    return Optional.ofNullable(stored);
  }

  /** As PyTorch names it, such as {@code float32}. */
  String dtype() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type called {@code torch.} and this. */
  static Optional<ElementType> ofDtype(String name) {
    return Arrays.stream(values()).filter(t -> t.dtype().equals(name)).findFirst();
  }

  /** The type of what lies in {@code torch.} and this. */
  static Optional<ElementType> ofStorage(String name) {
    return Arrays.stream(values()).filter(t -> name.equals(t.storage)).findFirst();
  }
}
