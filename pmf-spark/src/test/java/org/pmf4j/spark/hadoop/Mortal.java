package org.pmf4j.spark.hadoop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/**
 * A file system whose client lives for so many changes and is then as one that was killed: of a
 * file that it was writing, half is there, and nothing changes any more.
 */
public final class Mortal extends RawLocalFileSystem {
  static final String SCHEME = "mortal";

  /** How many changes are left to it. */
  private static int left = Integer.MAX_VALUE;

  static void live(int changes) {
    left = changes;
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  private static boolean dies() {
    return left == 0 || --left == 0;
  }

  private static void change() throws IOException {
    if (dies()) {
      throw new IOException("killed");
    }
  }

  @Override
  public FSDataOutputStream create(
      Path file, boolean overwrite, int buffer, short copies, long block, Progressable progress)
      throws IOException {
    change();
    FSDataOutputStream own = super.create(file, overwrite, buffer, copies, block, progress);
    ByteArrayOutputStream held =
        new ByteArrayOutputStream() {
          private boolean closed;

          @Override
          public void close() throws IOException {
            if (closed) {
              return;
            }
            closed = true;
            boolean dead = dies();
            own.write(dead ? Arrays.copyOf(toByteArray(), size() / 2) : toByteArray());
            own.close();
            if (dead) {
              throw new IOException("killed");
            }
          }
        };
    return new FSDataOutputStream(held, null);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    change();
    return !exists(to) && super.rename(from, to);
  }

  @Override
  public boolean delete(Path file, boolean recursive) throws IOException {
    if (!exists(file)) {
      return false;
    }
    change();
    return super.delete(file, recursive);
  }
}
