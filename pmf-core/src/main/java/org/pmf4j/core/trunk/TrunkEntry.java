package org.pmf4j.core.trunk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.safetensors.HalfPrecision;

/**
 * One cached trunk output as a file: a header of 32 bytes (magic, element type, tokens, width,
 * CRC-32C of what follows), then the states row by row, little endian. Knows the format; who calls
 * it knows the place.
 */
final class TrunkEntry {
  private static final int MAGIC = 0x31464d50; // "PMF1"
  private static final int HEADER = 32;

  private TrunkEntry() {}

  /** How states are kept. */
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
   * @param states FLOAT32 [N, d]
   */
  static ByteBuffer encode(HostTensor states, Precision precision) {
    int n = Math.toIntExact(states.shape().size());
    ByteBuffer b = HostTensor.direct(HEADER + n * precision.bytes, DType.BOOL);
    ByteBuffer body = b.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    body.position(HEADER);
    if (precision == Precision.FLOAT32) {
      body.put(states.data());
    } else {
      for (float f : states.floats()) {
        body.putShort(HalfPrecision.fromFloat(f));
      }
    }
    b.putInt(0, MAGIC);
    b.putInt(4, precision.ordinal());
    b.putInt(8, Math.toIntExact(states.shape().dim(0)));
    b.putInt(12, Math.toIntExact(states.shape().dim(1)));
    b.putInt(16, checksum(b));
    return b;
  }

  /** An entry's number of tokens, read from its header alone; −1 if the file is no whole entry. */
  static int tokens(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer h = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
      if (channel.read(h, 0) < HEADER || h.getInt(0) != MAGIC) {
        return -1;
      }
      boolean whole = channel.size() == HEADER + bytes(h);
      return whole ? h.getInt(8) : -1;
    } catch (IOException e) {
      return -1;
    }
  }

  /** Reads an entry as FLOAT32 [N, d]; null if it is missing or broken. */
  static HostTensor read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int size = Math.toIntExact(channel.size());
      if (size < HEADER) {
        return null;
      }
      ByteBuffer b = HostTensor.direct(size, DType.BOOL);
      int read = 0;
      while (b.hasRemaining() && read >= 0) {
        read = channel.read(b);
      }
      b.flip();
      boolean whole = b.limit() == size && b.getInt(0) == MAGIC && size == HEADER + bytes(b);
      return whole && b.getInt(16) == checksum(b) ? decode(b) : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static HostTensor decode(ByteBuffer b) {
    int n = b.getInt(8);
    int d = b.getInt(12);
    ByteBuffer body = b.slice(HEADER, b.limit() - HEADER).order(ByteOrder.LITTLE_ENDIAN);
    if (b.getInt(4) == Precision.FLOAT32.ordinal()) {
      return new HostTensor(Shape.of(n, d), DType.FLOAT32, body);
    }
    float[] values = new float[n * d];
    for (int i = 0; i < values.length; i++) {
      values[i] = HalfPrecision.toFloat(body.getShort(2 * i));
    }
    return HostTensor.of(values, n, d);
  }

  private static long bytes(ByteBuffer header) {
    int type = header.getInt(4);
    if (type < 0 || type >= Precision.values().length) {
      return -1;
    }
    return (long) header.getInt(8) * header.getInt(12) * Precision.values()[type].bytes;
  }

  private static int checksum(ByteBuffer b) {
    CRC32C crc = new CRC32C();
    ByteBuffer meta = b.duplicate();
    meta.position(4).limit(16);
    crc.update(meta);
    ByteBuffer body = b.duplicate();
    body.position(HEADER);
    crc.update(body);
    return (int) crc.getValue();
  }
}
