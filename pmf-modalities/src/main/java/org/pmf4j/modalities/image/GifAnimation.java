package org.pmf4j.modalities.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.imageio.stream.ImageInputStream;

/**
 * All frames of a GIF.
 *
 * @param screen as large as the frames need it
 * @param start the screen as the file has it
 * @param all frames in their order
 */
record GifAnimation(GifScreen screen, GifScreen start, List<GifFrame> all) implements Animation {

  static GifAnimation of(ImageInputStream in) throws IOException {
    GifHeaders headers = new GifHeaders(in);
    List<GifFrame> frames = new ArrayList<>();
    GifFrame first = headers.first();
    GifScreen screen = headers.screen();
    for (Optional<GifFrame> f = Optional.of(first); f.isPresent(); f = headers.next()) {
      Animation.demandRoom(frames.size());
      frames.add(f.get());
      screen = screen.with(f.get());
    }
    return new GifAnimation(screen, headers.screen(), frames);
  }

  @Override
  public PictureFormat format() {
    return PictureFormat.GIF;
  }

  @Override
  public int width() {
    return screen.width();
  }

  @Override
  public int height() {
    return screen.height();
  }

  @Override
  public int frames() {
    return all.size();
  }

  @Override
  public Orientation orientation() {
    return Orientation.UPRIGHT;
  }

  @Override
  public Playback play(ImageInputStream in, Consumer<String> warnings) {
    GifCanvas canvas = start.canvas();
    Iterator<GifFrame> rest = all.iterator();
    return new Playback() {
      @Override
      public void advance() throws IOException {
        GifFrame frame = rest.next();
        canvas.draw(frame, frame.indices(in));
      }

      @Override
      public RgbImage image() {
        return canvas.image();
      }
    };
  }
}
