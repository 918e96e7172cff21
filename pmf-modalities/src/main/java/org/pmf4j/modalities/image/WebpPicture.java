package org.pmf4j.modalities.image;

import java.io.IOException;
import java.util.function.Consumer;
import javax.imageio.stream.ImageInputStream;

/**
 * A WebP: a still, or the first frame of an animation on its canvas, of which what the frame does
 * not cover is black. Transparency is not decoded, since it is dropped anyway.
 *
 * @param width of the canvas
 * @param height of the canvas
 * @param frame the first
 * @param upright how it is to be turned
 */
record WebpPicture(int width, int height, WebpFrame frame, Orientation upright) implements Picture {

  static WebpPicture of(ImageInputStream in) throws IOException {
    WebpHeaders headers = WebpHeaders.of(in, false);
    return new WebpPicture(
        headers.canvasWidth(),
        headers.canvasHeight(),
        headers.frames().get(0),
        headers.orientation());
  }

  @Override
  public PictureFormat format() {
    return PictureFormat.WEBP;
  }

  @Override
  public boolean heldWhole() {
    return frame.lossless();
  }

  @Override
  public boolean canBeThinned() {
    return frame.covers(width, height);
  }

  @Override
  public Orientation orientation(ImageInputStream in) {
    return upright;
  }

  @Override
  public RgbImage pixels(ImageInputStream in, int factor, Consumer<String> warnings)
      throws IOException {
    RgbImage colours = frame.colours(in, factor, warnings);
    return canBeThinned()
        ? colours
        : colours.on(new byte[3], width, height, frame.left(), frame.top());
  }
}
