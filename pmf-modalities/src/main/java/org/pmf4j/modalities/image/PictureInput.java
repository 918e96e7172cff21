package org.pmf4j.modalities.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.pmf4j.api.modality.Source;

/**
 * The bytes of a source, as a stream that reads where it is asked to: no registry, no copy on disk.
 * What is no regular file is never opened, since opening a pipe waits for whoever writes.
 */
final class PictureInput {
  /** Of a file: 128 MiB. */
  static final long MOST_BYTES = 1L << 27;

  private PictureInput() {}

  static ImageInputStream open(Source source) throws IOException {
    if (source instanceof Source.Bytes b) {
      demandFewBytes(b.bytes().length);
      return new ByteArrayImageInputStream(b.bytes());
    }
    if (source instanceof Source.File f) {
      return open(f.path());
    }
    throw Damaged.unsupported("an image is a file, not a text");
  }

  private static ImageInputStream open(Path path) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        throw Damaged.unsupported("is a folder, not an image");
      }
      if (!attributes.isRegularFile()) {
        throw Damaged.unsupported(
            "is a device, a pipe or a socket, not a file; copy the image to a file");
      }
      demandFewBytes(attributes.size());
      if (!Files.isReadable(path)) {
        throw new AccessDeniedException(path.toString());
      }
      return new FileImageInputStream(new RandomAccessFile(path.toFile(), "r"));
    } catch (NoSuchFileException e) {
      throw Damaged.unsupported("there is no such image file");
    } catch (AccessDeniedException e) {
      throw Damaged.unsupported("this user may not read the file; change its permissions");
    } catch (FileSystemException e) {
      throw Damaged.unsupported(
          "cannot be opened; its path may hold a loop of links or a file"
              + " where a folder should be");
    }
  }

  private static void demandFewBytes(long size) throws Damaged {
    if (size > MOST_BYTES) {
      throw Damaged.unsupported(
          "the file has "
              + size
              + " bytes, more than the limit of "
              + MOST_BYTES
              + "; make the image smaller");
    }
  }
}
