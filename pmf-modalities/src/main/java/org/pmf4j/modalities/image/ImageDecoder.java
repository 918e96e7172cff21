package org.pmf4j.modalities.image;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.stream.ImageInputStream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes pictures to upright RGB by the readers of {@link Readers}. Several threads may call all
 * methods at once; each call has its own reader. An interrupted thread stops at the next rows and
 * keeps its interrupted state.
 *
 * <p>Sizes are checked in the header, before memory is asked for. Up to {@link #MOST_EXACT} pixels,
 * of JPEG {@link #MOST_HELD}, are decoded as they are. Of more, every second, third … pixel of a
 * row and of a column is taken (WebP is scaled by libwebp), as long as what is left is at least 4
 * times as wide and as high as what the encoder takes. What the encoder sees then is not what
 * Pillow's resizing of all pixels gives: noise with the spectrum of photos differs by a level of
 * 256 in the mean and by 5 at most for every second pixel, by 1.7 and 10 for every third, fine
 * patterns by more. A picture that cannot be thinned so far is refused. So a picture takes some 600
 * MB at most.
 */
final class ImageDecoder {
  /** Where Pillow calls an image a decompression bomb. */
  static final long MOST_PIXELS = 178_956_970;

  /** Of a picture that is decoded as it is: 3 to 8 bytes each in the reader, 3 or 6 here. */
  static final long MOST_EXACT = 1L << 25;

  /** Of one that a reader must hold as a whole, whatever is asked of it, and of a JPEG as it is. */
  static final long MOST_HELD = 3L << 24;

  /** Of a side: resizing holds that many times the encoder's width. */
  static final int MOST_SIDE = 1 << 16;

  /** What is read, for messages. */
  static final String FORMATS = "JPEG, PNG, WebP, TIFF, GIF, BMP";

  private static final int TIMES_WHAT_IS_NEEDED = 4;
  private static final Logger LOG = LoggerFactory.getLogger(ImageDecoder.class);
  private static final AtomicBoolean SAID = new AtomicBoolean();

  private ImageDecoder() {}

  /** What an image will be resized to. */
  interface Target {
    /** The width and height for an upright image; nothing where it keeps its own. */
    int[] widthAndHeight(int width, int height);
  }

  /**
   * A picture in memory.
   *
   * @param image upright; thinned where there were too many pixels
   * @param width of the picture itself, upright
   * @param height of the picture itself, upright
   */
  record Decoded(RgbImage image, int width, int height) {}

  /**
   * Reads the header alone, and checks what can be told from it.
   *
   * @throws PmfException naming the source, if it is missing, empty, too large, no picture or of a
   *     kind that is not read
   */
  static void check(Source source) {
    read(source, in -> header(in));
  }

  /**
   * Decodes the first picture of a source.
   *
   * @param target what it is needed for
   * @throws PmfException naming the source, as {@link #check}, and if it is damaged, truncated or
   *     too large for its target, or if the thread is interrupted
   */
  static Decoded decode(Source source, Target target) {
    return read(
        source,
        in -> {
          Picture picture = header(in);
          Orientation orientation = picture.orientation(in);
          boolean turned = orientation.transposed();
          int width = turned ? picture.height() : picture.width();
          int height = turned ? picture.width() : picture.height();
          int factor = factor(picture, width, height, target.widthAndHeight(width, height));
          RgbImage image = picture.pixels(in, factor, warning -> warn(source, warning));
          return new Decoded(orientation.upright(image), width, height);
        });
  }

  private static void warn(Source source, String warning) {
    if (SAID.compareAndSet(false, true)) {
      LOG.warn("{}: {} (said once)", source.describe(), warning);
    }
  }

  private interface Use<T> {
    T of(ImageInputStream in) throws IOException;
  }

  private static <T> T read(Source source, Use<T> use) {
    String name = source.describe();
    try (ImageInputStream in = PictureInput.open(source)) {
      return use.of(in);
    } catch (Damaged e) {
      throw PmfException.input(name + ": " + e.line(), e);
    } catch (InterruptedIOException e) {
      Thread.currentThread().interrupt();
      throw PmfException.computation(
          name + ": reading it was interrupted; nothing is wrong with the image");
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

  private static Picture header(ImageInputStream in) throws IOException {
    Picture picture = Picture.of(in);
    int width = picture.width();
    int height = picture.height();
    long pixels = (long) width * height;
    if (width <= 0 || height <= 0) {
      throw Damaged.unsupported("the image has no pixels: " + width + " × " + height);
    }
    if (pixels > MOST_PIXELS) {
      throw tooLarge(picture, "pixels, more than the limit of " + MOST_PIXELS);
    }
    if (Math.max(width, height) > MOST_SIDE) {
      throw tooLarge(picture, "pixels, a side longer than the limit of " + MOST_SIDE);
    }
    if (picture.heldWhole() && pixels > MOST_HELD) {
      throw tooLarge(
          picture,
          "pixels, more than the limit of "
              + MOST_HELD
              + " for "
              + picture.format().title()
              + " of this kind");
    }
    if (!picture.canBeThinned() && pixels > picture.mostExact()) {
      throw tooLarge(
          picture,
          "pixels, more than the limit of "
              + MOST_EXACT
              + " for "
              + picture.format().title()
              + " of this kind");
    }
    return picture;
  }

  private static int factor(Picture picture, int width, int height, int[] needed) throws Damaged {
    int factor = 1;
    while (((width - 1L) / factor + 1) * ((height - 1L) / factor + 1) > picture.mostExact()) {
      factor++;
    }
    if (factor > 1
        && (needed.length == 0
            || width / factor < TIMES_WHAT_IS_NEEDED * needed[0]
            || height / factor < TIMES_WHAT_IS_NEEDED * needed[1])) {
      throw tooLarge(
          picture,
          "pixels, more than the limit of "
              + picture.mostExact()
              + " for an encoder that takes "
              + (needed.length == 0 ? "all" : needed[0] + " × " + needed[1])
              + " of them");
    }
    return factor;
  }

  private static Damaged tooLarge(Picture picture, String why) {
    return Damaged.unsupported(
        String.format(
            Locale.ROOT,
            "the image has %d × %d %s; make it smaller",
            picture.width(),
            picture.height(),
            why));
  }
}
