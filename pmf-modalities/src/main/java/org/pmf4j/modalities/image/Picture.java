package org.pmf4j.modalities.image;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import javax.imageio.stream.ImageInputStream;

/**
 * A picture whose header is read and whose pixels are not. What a library's reader does not need –
 * texts, profiles, thumbnails, further frames – is left out before it sees the file.
 */
interface Picture {
  PictureFormat format();

  /** Of the picture as it is stored, before it is turned upright. */
  int width();

  int height();

  /** Whether the library must hold the whole picture even where fewer pixels are wanted. */
  default boolean heldWhole() {
    return false;
  }

  /** How many pixels are decoded as they are. */
  default long mostExact() {
    return ImageDecoder.MOST_EXACT;
  }

  /** Whether fewer pixels can be asked for. */
  default boolean canBeThinned() {
    return true;
  }

  /** How the picture is to be turned, as its metadata tell. */
  Orientation orientation(ImageInputStream in) throws IOException;

  /**
   * Decodes.
   *
   * @param factor 1 for all pixels, else every so many-th of a row and of a column
   * @param warnings takes what is to be said of the picture
   */
  RgbImage pixels(ImageInputStream in, int factor, Consumer<String> warnings) throws IOException;

  /**
   * Reads a header.
   *
   * @throws Damaged for what is wrong with it
   */
  static Picture of(ImageInputStream in) throws IOException {
    PictureFormat format = PictureFormat.of(in, Subject.IMAGE);
    return PictureFormat.parsed(
        () -> {
          in.setByteOrder(
              format == PictureFormat.WEBP ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
          return switch (format) {
            case PNG -> PngPicture.of(in);
            case JPEG -> JpegPicture.of(in);
            case WEBP -> WebpPicture.of(in);
            case GIF -> GifPicture.of(in);
            case TIFF -> TiffPicture.of(in);
            case BMP -> BmpPicture.of(in);
          };
        });
  }
}
