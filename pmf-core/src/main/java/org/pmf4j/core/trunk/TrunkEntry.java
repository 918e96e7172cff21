package org.pmf4j.core.trunk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.store.HalfPrecision;

/**
 * One cached trunk output as a file: a header of 64 bytes (magic, element type, tokens, bytes of
 * the table, sum of widths, CRC-32C of all but the magic and itself, eight empty bytes, what it is
 * an entry of), a table (name and width of each tensor), then the tensors [N, width] row by row,
 * little endian. Knows the format; who calls it knows the place, and what must stand there: an
 * entry that was moved is none.
 */
final class TrunkEntry {
  private static final int MAGIC = 0x33464d50; // "PMF3"

  /** Bytes that tell all but the tensors. */
  static final int HEADER = 64;

  private static final int CHECKSUM_AT = 20;
  private static final int IDENTITY_AT = 32;

  /** Bytes of what an entry is of: encoder, cut, precision and sample. */
  static final int IDENTITY = 32;

  private TrunkEntry() {}

  /** How numbers are kept. */
  enum Precision {
    /** Bit for bit. */
    FLOAT32(4),
    /** Half the size, rounded to nearest even. */
    FLOAT16(2);

    final int bytes;

    Precision(int bytes) {
      this.bytes = bytes;
    }
  }

  /**
   * The bytes of an entry.
   *
   * @param identity {@link #IDENTITY} bytes
   * @param tensors FLOAT32 [N, width], one or more
   */
  static ByteBuffer encode(byte[] identity, Named<HostTensor> tensors, Precision precision) {
    int tokens = 0;
    int widths = 0;
    int tableBytes = 0;
    for (Map.Entry<String, HostTensor> t : tensors.asMap().entrySet()) {
      tokens = Math.toIntExact(t.getValue().shape().dim(0));
      widths += Math.toIntExact(t.getValue().shape().dim(1));
      tableBytes += 2 * Integer.BYTES + padded(utf8(t.getKey()).length);
    }
    int size = Math.addExact(HEADER + tableBytes, body(tokens, widths, precision));
    ByteBuffer b = HostTensor.direct(size, DType.BOOL).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(MAGIC).putInt(precision.ordinal()).putInt(tokens).putInt(tableBytes).putInt(widths);
    b.put(IDENTITY_AT, identity);
    b.position(HEADER);
    tensors.asMap().forEach((name, t) -> putRow(b, name, Math.toIntExact(t.shape().dim(1))));
    tensors.asMap().values().forEach(t -> putNumbers(b, t, precision));
    b.rewind();
    b.putInt(CHECKSUM_AT, checksum(b));
    return b;
  }

  private static void putRow(ByteBuffer b, String name, int width) {
    byte[] text = utf8(name);
    b.putInt(width).putInt(text.length).put(text);
    b.position(b.position() + padded(text.length) - text.length);
  }

  private static void putNumbers(ByteBuffer b, HostTensor t, Precision precision) {
    if (precision == Precision.FLOAT32) {
      b.put(t.data());
    } else {
      for (float f : t.floats()) {
        b.putShort(HalfPrecision.fromFloat(f));
      }
    }
  }

  /**
   * An entry's number of tokens, told by its header alone; −1 if the file is no whole entry of this
   * identity.
   *
   * @param header the first {@link #HEADER} bytes, or what there is
   */
  static int tokens(EntryFiles.Beginning header, byte[] identity) {
    ByteBuffer h = header.bytes().order(ByteOrder.LITTLE_ENDIAN);
    return h.limit() == HEADER && header.size() == size(h) && isOf(h, identity) ? h.getInt(8) : -1;
  }

  /**
   * Reads an entry as FLOAT32 tensors [N, width].
   *
   * @param file the whole of it
   * @return null if it is broken, or of something else
   */
  static Named<HostTensor> decode(ByteBuffer file, byte[] identity) {
    ByteBuffer b = file.order(ByteOrder.LITTLE_ENDIAN);
    boolean whole = b.limit() >= HEADER && b.limit() == size(b) && isOf(b, identity);
    return whole && b.getInt(CHECKSUM_AT) == checksum(b) ? decode(b) : null;
  }

  private static boolean isOf(ByteBuffer header, byte[] identity) {
    return header.slice(IDENTITY_AT, IDENTITY).equals(ByteBuffer.wrap(identity));
  }

  private static Named<HostTensor> decode(ByteBuffer entry) {
    ByteBuffer table = entry.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(HEADER);
    int tokens = entry.getInt(8);
    int at = HEADER + entry.getInt(12);
    Precision precision = Precision.values()[entry.getInt(4)];
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    while (table.position() < HEADER + entry.getInt(12)) {
      int width = table.getInt();
      byte[] text = new byte[table.getInt()];
      table.get(text);
      table.position(table.position() + padded(text.length) - text.length);
      int bytes = body(tokens, width, precision);
      ByteBuffer numbers = entry.slice(at, bytes).order(ByteOrder.LITTLE_ENDIAN);
      tensors.put(
          new String(text, StandardCharsets.UTF_8), widen(numbers, tokens, width, precision));
      at += bytes;
    }
    return Named.of(tensors);
  }

  private static HostTensor widen(ByteBuffer numbers, int tokens, int width, Precision precision) {
    if (precision == Precision.FLOAT32) {
      return new HostTensor(Shape.of(tokens, width), DType.FLOAT32, numbers);
    }
    float[] values = new float[tokens * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = HalfPrecision.toFloat(numbers.getShort(2 * i));
    }
    return HostTensor.of(values, tokens, width);
  }

  /** The size of the whole file that a header tells of; −1 if it is no header. */
  private static long size(ByteBuffer header) {
    int type = header.getInt(4);
    if (header.getInt(0) != MAGIC || type < 0 || type >= Precision.values().length) {
      return -1;
    }
    long numbers = (long) header.getInt(8) * header.getInt(16);
    return HEADER + header.getInt(12) + numbers * Precision.values()[type].bytes;
  }

  private static int body(int tokens, int widths, Precision precision) {
    return Math.multiplyExact(Math.multiplyExact(tokens, widths), precision.bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Numbers start at multiples of 4. */
  private static int padded(int bytes) {
    return (bytes + 3) / 4 * 4;
  }

  private static int checksum(ByteBuffer b) {
    CRC32C crc = new CRC32C();
    crc.update(b.duplicate().position(4).limit(CHECKSUM_AT));
    crc.update(b.duplicate().position(IDENTITY_AT));
    return (int) crc.getValue();
  }
}
