package org.pmf4j.modalities.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;

/**
 * The bytes of a source, as a stream that reads where it is asked to: no registry, no copy on disk.
 * What is no regular file is never opened, since opening a pipe waits for whoever writes. Has no
 * state: any thread may call it.
 *
 * @param source where the bytes are
 * @param subject what they should be
 */
record PictureInput(Source source, Subject subject) {
  /** Of a file: 128 MiB. */
  static final long MOST_BYTES = 1L << 27;

  /** What is done with the stream. */
  interface Use<T> {
    T of(ImageInputStream in) throws IOException;
  }

  /**
   * Opens, uses and closes the source.
   *
   * @throws PmfException naming the source and what is wrong, or if the thread is interrupted
   */
  <T> T read(Use<T> use) {
    String name = source.describe();
    try (ImageInputStream in = open()) {
      return use.of(in);
    } catch (Damaged e) {
      throw PmfException.input(name + ": " + e.line(subject), e);
    } catch (InterruptedIOException e) {
      Thread.currentThread().interrupt();
      throw PmfException.computation(
          name + ": reading it was interrupted; nothing is wrong with the " + subject.noun());
    } catch (PmfException e) {
      throw e.getMessage().startsWith(name)
          ? e
          : new PmfException(e.kind(), name + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw PmfException.input(name + ": cannot be read from its disk; try again", e);
    } catch (OutOfMemoryError e) {
      throw PmfException.environment(
          name + ": decoding it takes more memory than is left; give Java more by -Xmx", e);
    } catch (LinkageError e) {
      throw PmfException.environment(
          name + ": the native library for this format cannot be loaded; save it as PNG", e);
    }
  }

  private ImageInputStream open() throws IOException {
    if (source instanceof Source.Bytes b) {
      demandFewBytes(b.bytes().length);
      return new ByteArrayImageInputStream(b.bytes());
    }
    if (source instanceof Source.File f) {
      return open(f.path());
    }
    throw Damaged.unsupported(subject.one() + " is a file, not a text");
  }

  private ImageInputStream open(Path path) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        throw Damaged.unsupported("is a folder, not " + subject.one());
      }
      if (!attributes.isRegularFile()) {
        throw Damaged.unsupported(
            "is a device, a pipe or a socket, not a file; copy the "
                + subject.noun()
                + " to a file");
      }
      demandFewBytes(attributes.size());
      if (!Files.isReadable(path)) {
        throw new AccessDeniedException(path.toString());
      }
      return new FileImageInputStream(new RandomAccessFile(path.toFile(), "r"));
    } catch (NoSuchFileException e) {
      throw Damaged.unsupported("there is no such " + subject.noun() + " file");
    } catch (AccessDeniedException e) {
      throw Damaged.unsupported("this user may not read the file; change its permissions");
    } catch (FileSystemException e) {
      throw Damaged.unsupported(
          "cannot be opened; its path may hold a loop of links or a file"
              + " where a folder should be");
    }
  }

  private void demandFewBytes(long size) throws Damaged {
    if (size > MOST_BYTES) {
      throw Damaged.unsupported(
          "the file has "
              + size
              + " bytes, more than the limit of "
              + MOST_BYTES
              + "; make the "
              + subject.noun()
              + " smaller");
    }
  }
}
