package org.pmf4j.modalities.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Locale;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.stream.ImageInputStream;
import org.pmf4j.api.natives.TemporaryLibrary;

/**
 * One use of a library's reader. Whatever it throws becomes {@link Damaged} in our words, and an
 * interrupt of the thread ends it at the next rows.
 */
final class Reading implements Closeable, IIOReadProgressListener {
  private final PictureFormat format;
  private final ImageReader reader;
  private final ImageInputStream stream;
  private boolean stopped;
  private boolean incomplete;

  private Reading(PictureFormat format, ImageInputStream stream) {
    this.format = format;
    this.stream = stream;
    reader = Readers.of(format);
    reader.addIIOReadProgressListener(this);
    reader.addIIOReadWarningListener((r, warning) -> incomplete |= tellsOfMissingData(warning));
    reader.setInput(stream, false, true);
  }

  /** Of the bytes of a file, without what the reader does not need. */
  static Reading of(PictureFormat format, byte[] bytes) {
    return new Reading(format, new ByteArrayImageInputStream(bytes));
  }

  /** Of a file whose header alone is looked at; closing leaves the stream open. */
  static Reading ofHeader(PictureFormat format, ImageInputStream stream) {
    return new Reading(format, stream);
  }

  /** What a reader is asked for. */
  interface Step<T> {
    T of(ImageReader reader) throws IOException;
  }

  /** Asks the reader for something. */
  <T> T ask(Step<T> step) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException();
    }
    T result;
    try {
      result = step.of(reader);
    } catch (Damaged e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw broken(e);
    }
    if (stopped) {
      throw new InterruptedIOException();
    }
    if (incomplete) {
      throw broken(null);
    }
    return result;
  }

  /** The picture, or every so many-th pixel of it. */
  BufferedImage image(int factor) throws IOException {
    return ask(r -> r.read(0, every(r.getDefaultReadParam(), factor)));
  }

  /** The samples without any conversion of colours. */
  Raster raster(int factor) throws IOException {
    return ask(r -> r.readRaster(0, every(r.getDefaultReadParam(), factor)));
  }

  private static ImageReadParam every(ImageReadParam param, int factor) {
    if (factor > 1) {
      param.setSourceSubsampling(factor, factor, factor / 2, factor / 2);
    }
    return param;
  }

  private Damaged broken(Throwable cause) throws IOException {
    return Damaged.because(
        String.format(
            Locale.ROOT,
            "its %s data end or break at byte %d of %d or before",
            format.title(),
            stream.getStreamPosition(),
            stream.length()),
        cause);
  }

  /** The JDK's JPEG reader fills up what is missing with grey and only warns. */
  private static boolean tellsOfMissingData(String warning) {
    String w = warning == null ? "" : warning.toLowerCase(Locale.ROOT);
    return w.contains("truncated") || w.contains("premature end");
  }

  @Override
  public void close() throws IOException {
    reader.dispose();
    if (format == PictureFormat.WEBP) {
      TemporaryLibrary.forget("webp-imageio-", ".lck");
    }
  }

  @Override
  public void imageProgress(ImageReader source, float percentageDone) {
    if (Thread.currentThread().isInterrupted()) {
      stopped = true;
      source.abort();
    }
  }

  @Override
  public void imageStarted(ImageReader source, int imageIndex) {
    imageProgress(source, 0);
  }

  @Override
  public void readAborted(ImageReader source) {
    stopped = true;
  }

  @Override
  public void sequenceStarted(ImageReader source, int minIndex) {}

  @Override
  public void sequenceComplete(ImageReader source) {}

  @Override
  public void imageComplete(ImageReader source) {}

  @Override
  public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

  @Override
  public void thumbnailProgress(ImageReader source, float percentageDone) {}

  @Override
  public void thumbnailComplete(ImageReader source) {}
}
