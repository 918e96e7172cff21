package org.pmf4j.modalities.audio.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/**
 * What the header of a RIFF, RIFX, RF64 or BW64 file says, up to where the samples begin.
 *
 * @param format of the samples
 * @param order of their bytes
 * @param bytes of samples, empty where a writer that could not seek back left it open
 */
record WavHeader(WavFormat format, ByteOrder order, OptionalLong bytes) {
  private static final int LONGEST_CHUNK = 1 << 16;
  private static final long ALL_ONES = 0xFFFF_FFFFL;

  /** What a writer puts that does not know how long the sound will be. */
  private static final long LARGEST = 0x7FFF_FFFFL;

  /** True if such a file begins here. */
  static boolean isAt(byte[] start) {
    return Bytes.isAt(start, 8, "WAVE")
        && (Bytes.isAt(start, 0, "RIFF")
            || Bytes.isAt(start, 0, "RIFX")
            || Bytes.isAt(start, 0, "RF64")
            || Bytes.isAt(start, 0, "BW64"));
  }

  /** Reads chunks until {@code data} begins. */
  static WavHeader read(InputStream in) throws IOException {
    byte[] start = Bytes.read(in, 12, "the WAV header");
    ByteOrder order = Bytes.isAt(start, 0, "RIFX") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    long whole = Integer.toUnsignedLong(ByteBuffer.wrap(start).order(order).getInt(4));
    long before = 4;
    OptionalLong large = OptionalLong.empty();
    WavFormat format = null;
    while (true) {
      byte[] head = in.readNBytes(8);
      if (head.length < 8) {
        throw new BadAudioException("the WAV file has no samples: no data chunk follows");
      }
      long size = Integer.toUnsignedLong(ByteBuffer.wrap(head).order(order).getInt(4));
      before += 8;
      if (Bytes.isAt(head, 0, "data")) {
        if (format == null) {
          throw new BadAudioException("the WAV file has samples before it tells their format");
        }
        return new WavHeader(format, order, size(size, large, whole, before));
      }
      if (Bytes.isAt(head, 0, "fmt ")) {
        if (format != null) {
          throw new BadAudioException("the WAV file tells its format twice; repair it");
        }
        format = WavFormat.of(chunk(in, size, order));
      } else if (Bytes.isAt(head, 0, "ds64")) {
        ByteBuffer sizes = chunk(in, size, order);
        large = sizes.limit() < 16 ? OptionalLong.empty() : OptionalLong.of(sizes.getLong(8));
      } else {
        Bytes.skip(in, size);
      }
      before += size + pad(in, size);
    }
  }

  private static ByteBuffer chunk(InputStream in, long size, ByteOrder order) throws IOException {
    if (size > LONGEST_CHUNK) {
      throw new BadAudioException("the WAV file's header has a chunk of " + size + " bytes");
    }
    return ByteBuffer.wrap(Bytes.read(in, (int) size, "the WAV header")).order(order);
  }

  /** Chunks have even sizes; some writers forget the zero that makes them so. */
  private static int pad(InputStream in, long size) throws IOException {
    if (size % 2 == 0 || !Bytes.isAt(Bytes.peek(in, 1), 0, "\0")) {
      return 0;
    }
    in.skipNBytes(1);
    return 1;
  }

  /**
   * How many bytes of samples there are.
   *
   * @param size as the data chunk says
   * @param large as a chunk for large files said before
   * @param whole what the whole file holds, as it says
   * @param before how much of that comes before the samples
   */
  private static OptionalLong size(long size, OptionalLong large, long whole, long before) {
    if (size == ALL_ONES && large.isPresent() && large.getAsLong() > 0) {
      return large;
    }
    boolean neverCompleted = size == 0 && whole <= before;
    return size == ALL_ONES || size == LARGEST || neverCompleted
        ? OptionalLong.empty()
        : OptionalLong.of(size);
  }
}
