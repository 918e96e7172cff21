package org.pmf4j.spark;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/**
 * A file system that is not the local one, though its files are here, at the same paths: {@code
 * shelf:///folder}. A shelf with a file {@value #ROOM} beside what is written has room for so many
 * bytes, and is full after them.
 */
public final class Shelf extends RawLocalFileSystem {
  static final String SCHEME = "shelf";

  /** In a folder above: how many bytes files below it may have, all processes together. */
  static final String ROOM = ".room";

  static String of(java.nio.file.Path path) {
    return SCHEME + "://" + path.toAbsolutePath();
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    FSDataOutputStream own =
        super.create(file, overwrite, bufferSize, replication, blockSize, progress);
    var place = java.nio.file.Path.of(file.toUri().getPath());
    return new FSDataOutputStream(new Bounded(own, place), null);
  }

  private static final class Bounded extends FilterOutputStream {
    private final java.nio.file.Path room;

    Bounded(OutputStream out, java.nio.file.Path file) {
      super(out);
      java.nio.file.Path found = null;
      for (var folder = file.getParent(); folder != null; folder = folder.getParent()) {
        if (Files.exists(folder.resolve(ROOM))) {
          found = folder.resolve(ROOM);
        }
      }
      this.room = found;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      if (room == null) {
        out.write(bytes, from, count);
        return;
      }
      // Half of what does not fit is written: a disk stops where it is full
      int fits = (int) Math.min(count, Math.max(0, left()));
      out.write(bytes, from, fits);
      Files.write(room, new byte[fits], StandardOpenOption.APPEND);
      if (fits < count) {
        throw new IOException("No space left on device");
      }
    }

    /** The file is as long as bytes were written, and begins with how many may be. */
    private long left() throws IOException {
      byte[] all = Files.readAllBytes(room);
      return Long.parseLong(
              new String(all, 0, 12, java.nio.charset.StandardCharsets.US_ASCII).strip())
          - (all.length - 12);
    }
  }

  /** Leaves room for so many bytes in a folder. */
  static void bound(java.nio.file.Path folder, long bytes) throws IOException {
    Files.writeString(folder.resolve(ROOM), String.format(java.util.Locale.ROOT, "%12d", bytes));
  }
}
