package org.pmf4j.core.pytorch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.file.Shown;
import org.pmf4j.core.store.FileRead;

/**
 * Where the entries of a zip file lie, which Java's own reader does not tell. Only what PyTorch
 * writes is taken: entries that are neither compressed nor encrypted, each once, none of them
 * reaching into the directory at the end. Sizes above 4 GB are those of zip64.
 *
 * <p>Source: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.16 and 4.5.3. Checksums are not
 * compared, since PyTorch may leave them out, as safetensors has none.
 */
final class ZipArchive {
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL_BYTES = 46;
  private static final int END_BYTES = 22;
  private static final int END_64_BYTES = 56;
  private static final int LOCATOR_BYTES = 20;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final long IN_ZIP64 = 0xffff_ffffL;
  private static final int ENCRYPTED = 1;
  private static final int STORED = 0;

  /** A directory of half a million entries; checkpoints have thousands. */
  private static final long LARGEST_DIRECTORY = 64 << 20;

  private final Path file;
  private final FileRead bytes;
  private final long directory;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private record Entry(int flags, int method, long compressed, long size, long header) {}

  /**
   * The bytes of an entry.
   *
   * @param from position in the file
   * @param size how many
   */
  record Part(long from, long size) {}

  private ZipArchive(Path file, FileRead bytes, long directory) {
    this.file = file;
    this.bytes = bytes;
    this.directory = directory;
  }

  /**
   * Reads the directory.
   *
   * @throws PmfException if it is broken
   */
  static ZipArchive read(Path file, FileRead bytes) {
    long end = new ZipArchive(file, bytes, bytes.size()).end();
    ByteBuffer record = little(bytes.bytes(end, END_BYTES));
    long size = Integer.toUnsignedLong(record.getInt(12));
    long from = Integer.toUnsignedLong(record.getInt(16));
    long until = end;
    if (end >= LOCATOR_BYTES) {
      ByteBuffer locator = little(bytes.bytes(end - LOCATOR_BYTES, LOCATOR_BYTES));
      if (locator.getInt(0) == LOCATOR_64) {
        until = locator.getLong(8);
        if (until < 0 || until > end - LOCATOR_BYTES - END_64_BYTES) {
          throw broken(file, "its directory is not where it should be; is it truncated?");
        }
        ByteBuffer record64 = little(bytes.bytes(until, END_64_BYTES));
        if (record64.getInt(0) != END_64) {
          throw broken(file, "its directory is not where it should be; is it truncated?");
        }
        size = record64.getLong(40);
        from = record64.getLong(48);
      }
    }
    if (size < 0 || size > LARGEST_DIRECTORY || from < 0 || from != until - size) {
      throw broken(file, "its directory is not where it should be; is it truncated?");
    }
    ZipArchive archive = new ZipArchive(file, bytes, from);
    archive.readDirectory(little(bytes.bytes(from, (int) size)));
    return archive;
  }

  /** Position of the record at the end, which a comment may follow. */
  private long end() {
    int size = (int) Math.min(bytes.size(), END_BYTES + LONGEST_COMMENT);
    ByteBuffer tail = little(bytes.bytes(bytes.size() - size, size));
    for (int at = size - END_BYTES; at >= 0; at--) {
      boolean isEnd = tail.getInt(at) == END;
      if (isEnd && at + END_BYTES + Short.toUnsignedInt(tail.getShort(at + 20)) == size) {
        return bytes.size() - size + at;
      }
    }
    throw broken(file, "its directory is missing; is it truncated?");
  }

  private void readDirectory(ByteBuffer in) {
    while (in.hasRemaining()) {
      if (in.remaining() < CENTRAL_BYTES || in.getInt(in.position()) != CENTRAL) {
        throw broken(file, "its directory is damaged");
      }
      ByteBuffer fixed = in.slice(in.position(), CENTRAL_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      int name = Short.toUnsignedInt(fixed.getShort(28));
      int extra = Short.toUnsignedInt(fixed.getShort(30));
      int comment = Short.toUnsignedInt(fixed.getShort(32));
      in.position(in.position() + CENTRAL_BYTES);
      if (in.remaining() < name + extra + comment) {
        throw broken(file, "its directory is damaged");
      }
      byte[] text = new byte[name];
      in.get(text);
      ByteBuffer more = in.slice(in.position(), extra).order(ByteOrder.LITTLE_ENDIAN);
      in.position(in.position() + extra + comment);
      String key = new String(text, StandardCharsets.UTF_8);
      if (entries.put(key, entry(fixed, more)) != null) {
        throw broken(file, "it has two entries " + Shown.plain(key));
      }
    }
  }

  private Entry entry(ByteBuffer fixed, ByteBuffer extra) {
    long compressed = Integer.toUnsignedLong(fixed.getInt(20));
    long size = Integer.toUnsignedLong(fixed.getInt(24));
    long header = Integer.toUnsignedLong(fixed.getInt(42));
    ByteBuffer large = zip64(extra);
    // In this order, and only those that do not fit
    size = size == IN_ZIP64 ? next(large) : size;
    compressed = compressed == IN_ZIP64 ? next(large) : compressed;
    header = header == IN_ZIP64 ? next(large) : header;
    return new Entry(fixed.getShort(8), fixed.getShort(10), compressed, size, header);
  }

  private static ByteBuffer zip64(ByteBuffer extra) {
    while (extra.remaining() >= 4) {
      int id = extra.getShort();
      int size = Math.min(Short.toUnsignedInt(extra.getShort()), extra.remaining());
      if (id == 1) {
        return extra.slice(extra.position(), size).order(ByteOrder.LITTLE_ENDIAN);
      }
      extra.position(extra.position() + size);
    }
    return ByteBuffer.allocate(0);
  }

  private long next(ByteBuffer large) {
    if (large.remaining() < Long.BYTES) {
      throw broken(file, "its directory is damaged");
    }
    return large.getLong();
  }

  /** The entries' names. */
  Set<String> names() {
    return entries.keySet();
  }

  /**
   * Where an entry lies.
   *
   * @throws PmfException if there is none, or none that can be read by position
   */
  Part part(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw broken(file, "it has no entry " + Shown.plain(name) + "; is the copy complete?");
    }
    if ((entry.flags & ENCRYPTED) != 0
        || entry.method != STORED
        || entry.compressed != entry.size) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: entry %s is compressed or encrypted, which PyTorch's own are not; save it again"
                  + " with torch.save",
              file,
              Shown.plain(name)));
    }
    if (entry.header < 0 || entry.header > directory - LOCAL_BYTES) {
      throw outside(name);
    }
    ByteBuffer local = little(bytes.bytes(entry.header, LOCAL_BYTES));
    if (local.getInt(0) != LOCAL) {
      throw outside(name);
    }
    long from =
        entry.header
            + LOCAL_BYTES
            + Short.toUnsignedInt(local.getShort(26))
            + Short.toUnsignedInt(local.getShort(28));
    if (entry.size < 0 || entry.size > directory - from) {
      throw outside(name);
    }
    return new Part(from, entry.size);
  }

  private PmfException outside(String name) {
    return broken(file, "entry " + Shown.plain(name) + " is not where it should be");
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static PmfException broken(Path file, String what) {
    return PmfException.input(file + ": broken zip file: " + what);
  }
}
