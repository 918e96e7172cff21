package org.pmf4j.modalities.image;

import java.io.IOException;
import java.util.function.Consumer;
import javax.imageio.stream.ImageInputStream;

/**
 * A GIF's first frame on its screen, which may be larger.
 *
 * @param screen as the file has it
 * @param frame the first
 */
record GifPicture(GifScreen screen, GifFrame frame) implements Picture {

  static GifPicture of(ImageInputStream in) throws IOException {
    GifHeaders headers = new GifHeaders(in);
    return new GifPicture(headers.screen(), headers.first());
  }

  @Override
  public PictureFormat format() {
    return PictureFormat.GIF;
  }

  @Override
  public int width() {
    return screen.with(frame).width();
  }

  @Override
  public int height() {
    return screen.with(frame).height();
  }

  @Override
  public boolean canBeThinned() {
    return false;
  }

  @Override
  public Orientation orientation(ImageInputStream in) {
    return Orientation.UPRIGHT;
  }

  @Override
  public RgbImage pixels(ImageInputStream in, int factor, Consumer<String> warnings)
      throws IOException {
    GifCanvas canvas = screen.canvas();
    canvas.draw(frame, frame.indices(in));
    return canvas.image();
  }
}
