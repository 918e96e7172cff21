package org.pmf4j.modalities.image;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.stream.ImageInputStream;

/**
 * All frames of a WebP; of a still the one that it is.
 *
 * @param width of the canvas
 * @param height of the canvas
 * @param all frames in their order
 * @param orientation how they are to be turned
 */
record WebpAnimation(int width, int height, List<WebpFrame> all, Orientation orientation)
    implements Animation {

  static WebpAnimation of(ImageInputStream in) throws IOException {
    WebpHeaders headers = WebpHeaders.of(in, true);
    return new WebpAnimation(
        headers.canvasWidth(), headers.canvasHeight(), headers.frames(), headers.orientation());
  }

  @Override
  public PictureFormat format() {
    return PictureFormat.WEBP;
  }

  @Override
  public int frames() {
    return all.size();
  }

  @Override
  public Playback play(ImageInputStream in, Consumer<String> warnings) {
    WebpCanvas canvas = new WebpCanvas(width, height);
    Iterator<WebpFrame> rest = all.iterator();
    return new Playback() {
      @Override
      public void advance() throws IOException {
        WebpFrame frame = rest.next();
        canvas.draw(frame, frame.pixels(in));
      }

      @Override
      public RgbImage image() {
        return canvas.image();
      }
    };
  }
}
