package org.pmf4j.modalities.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;

/**
 * Decodes images of any format that an ImageIO reader knows to upright RGB. Sizes are checked from
 * the header, before pixels are allocated. Each call has its own reader, so that threads do not
 * meet.
 */
final class ImageDecoder {
  /** Where Pillow calls an image a decompression bomb. */
  static final long MOST_PIXELS = 178_956_970;

  /** What is read, for messages. */
  static final String FORMATS = "JPEG, PNG, WebP, TIFF, GIF, BMP";

  private static final long MOST_BYTES = 1L << 30;

  private ImageDecoder() {}

  /**
   * Decodes the first image of a source.
   *
   * @throws PmfException naming the source, if it is missing, empty, truncated, too large or no
   *     image
   */
  static RgbImage decode(Source source) {
    String name = source.describe();
    byte[] bytes = bytes(source);
    if (bytes.length == 0) {
      throw PmfException.input(name + ": the image is empty (0 bytes)");
    }
    ImageReader reader = reader(name, bytes);
    try (ImageInputStream stream = stream(bytes)) {
      reader.setInput(stream, false, false);
      checkSize(name, reader.getWidth(0), reader.getHeight(0));
      RgbImage image = pixels(name, reader, bytes);
      return Orientation.of(bytes).upright(image);
    } catch (PmfException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw PmfException.input(
          name + ": the image is damaged or truncated (" + reason(e) + "); replace the file", e);
    } catch (LinkageError e) {
      throw PmfException.environment(
          name + ": the native library for this format cannot be loaded: " + e.getMessage(), e);
    } finally {
      reader.dispose();
    }
  }

  /** Names and versions of all readers that may decode an image. */
  static String versions() {
    Iterator<ImageReaderSpi> all =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    Iterable<ImageReaderSpi> providers = () -> all;
    return StreamSupport.stream(providers.spliterator(), false)
        .map(spi -> spi.getClass().getName() + " " + spi.getVersion())
        .sorted(Comparator.naturalOrder())
        .collect(Collectors.joining(", "));
  }

  private static byte[] bytes(Source source) {
    if (source instanceof Source.Bytes b) {
      return b.bytes();
    }
    if (source instanceof Source.File f) {
      return bytes(f.path());
    }
    throw PmfException.input(source.describe() + ": an image is a file, not a text");
  }

  private static byte[] bytes(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw PmfException.input(path + ": is a folder, not an image");
      }
      long size = Files.size(path);
      if (size > MOST_BYTES) {
        throw PmfException.input(
            path + ": the file has " + size + " bytes, more than the limit of " + MOST_BYTES);
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw PmfException.input(path + ": there is no such image file", e);
    } catch (IOException e) {
      throw PmfException.input(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** In memory: ImageIO's own streams would put a copy on disk. */
  private static ImageInputStream stream(byte[] bytes) {
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
  }

  private static ImageReader reader(String name, byte[] bytes) {
    try (ImageInputStream stream = stream(bytes)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (readers.hasNext()) {
        return readers.next();
      }
    } catch (IOException | RuntimeException e) {
      throw PmfException.input(name + ": cannot be read as an image (" + reason(e) + ")", e);
    }
    throw PmfException.input(name + ": is not an image in a known format (" + FORMATS + ")");
  }

  private static void checkSize(String name, int width, int height) {
    if (width <= 0 || height <= 0) {
      throw PmfException.input(name + ": the image has no pixels: " + width + " × " + height);
    }
    if ((long) width * height > MOST_PIXELS) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: the image has %d × %d pixels, more than the limit of %d; make it smaller",
              name,
              width,
              height,
              MOST_PIXELS));
    }
  }

  private static RgbImage pixels(String name, ImageReader reader, byte[] bytes) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((r, warning) -> warnings.add(warning));
    String format = reader.getFormatName().toUpperCase(Locale.ROOT);
    if (format.startsWith("JPEG") && reader.canReadRaster()) {
      RgbImage image = JpegPixels.of(reader.readRaster(0, null), bytes);
      if (warnings.stream().anyMatch(ImageDecoder::tellsOfMissingData)) {
        throw new IOException(warnings.get(0));
      }
      return image;
    }
    BufferedImage image = reader.read(0);
    if (format.equals("GIF")) {
      return GifCanvas.of(reader).place(image);
    }
    return RasterPixels.of(name, image);
  }

  /** The JDK's JPEG reader fills up what is missing with grey and only warns. */
  private static boolean tellsOfMissingData(String warning) {
    String w = warning.toLowerCase(Locale.ROOT);
    return w.contains("truncated") || w.contains("premature end");
  }

  private static String reason(Exception e) {
    Throwable cause = e;
    while (cause.getMessage() == null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
