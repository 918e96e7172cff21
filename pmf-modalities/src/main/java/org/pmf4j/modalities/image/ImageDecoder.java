package org.pmf4j.modalities.image;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.stream.ImageInputStream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Measure;
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
public final class ImageDecoder {
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

  static final String MORE_THAN = "pixels, more than the limit of ";

  private static final int TIMES_WHAT_IS_NEEDED = 4;
  private static final Logger LOG = LoggerFactory.getLogger(ImageDecoder.class);
  private static final AtomicBoolean SAID = new AtomicBoolean();

  private ImageDecoder() {}

  /** What an image will be resized to. Several threads may ask one at once. */
  public interface Target {
    /** The width and height for an upright image; nothing where it keeps its own. */
    int[] widthAndHeight(int width, int height);
  }

  /**
   * A picture in memory. Any number of threads may read it.
   *
   * @param image upright; thinned where there were too many pixels
   * @param width of the picture itself, upright
   * @param height of the picture itself, upright
   */
  public record Decoded(RgbImage image, int width, int height) {}

  /**
   * Reads the header alone, and checks what can be told from it.
   *
   * @throws PmfException naming the source, if it is missing, empty, too large, no picture or of a
   *     kind that is not read
   */
  public static void check(Source source) {
    new PictureInput(source, Subject.IMAGE).read(ImageDecoder::header);
  }

  /**
   * The width and height of a picture as it is stored, from its header.
   *
   * @throws PmfException as {@link #check} does
   */
  static List<Measure> measures(Source source) {
    return new PictureInput(source, Subject.IMAGE)
        .read(
            in -> {
              Picture picture = header(in);
              return List.of(
                  new Measure("width", "pixels", picture.width()),
                  new Measure("height", "pixels", picture.height()));
            });
  }

  /**
   * Decodes the first picture of a source.
   *
   * @param target what it is needed for
   * @throws PmfException naming the source, as {@link #check}, and if it is damaged, truncated or
   *     too large for its target, or if the thread is interrupted
   */
  public static Decoded decode(Source source, Target target) {
    return new PictureInput(source, Subject.IMAGE)
        .read(
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

  static void warn(Source source, String warning) {
    if (SAID.compareAndSet(false, true)) {
      LOG.warn("{}: {} (said once)", source.describe(), warning);
    }
  }

  private static Picture header(ImageInputStream in) throws IOException {
    Picture picture = Picture.of(in);
    int width = picture.width();
    int height = picture.height();
    demandModest(width, height);
    long pixels = (long) width * height;
    String kind = " for " + picture.format().title() + " of this kind";
    if (picture.heldWhole() && pixels > MOST_HELD) {
      throw tooLarge(width, height, MORE_THAN + MOST_HELD + kind);
    }
    if (!picture.canBeThinned() && pixels > picture.mostExact()) {
      throw tooLarge(width, height, MORE_THAN + MOST_EXACT + kind);
    }
    return picture;
  }

  /** Refuses sizes that nothing has or could be held with. */
  static void demandModest(int width, int height) throws Damaged {
    if (width <= 0 || height <= 0) {
      throw Damaged.unsupported("the image has no pixels: " + width + " × " + height);
    }
    if ((long) width * height > MOST_PIXELS) {
      throw tooLarge(width, height, MORE_THAN + MOST_PIXELS);
    }
    if (Math.max(width, height) > MOST_SIDE) {
      throw tooLarge(width, height, "pixels, a side longer than the limit of " + MOST_SIDE);
    }
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
          picture.width(),
          picture.height(),
          MORE_THAN
              + picture.mostExact()
              + " for an encoder that takes "
              + (needed.length == 0 ? "all" : needed[0] + " × " + needed[1])
              + " of them");
    }
    return factor;
  }

  /**
   * A refusal.
   *
   * @param why what stands behind the sizes
   */
  static Damaged tooLarge(int width, int height, String why) {
    return Damaged.unsupported(
        String.format(
            Locale.ROOT, "the image has %d × %d %s; make it smaller", width, height, why));
  }
}
