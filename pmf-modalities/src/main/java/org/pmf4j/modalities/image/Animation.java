package org.pmf4j.modalities.image;

import java.io.IOException;
import java.util.function.Consumer;
import javax.imageio.stream.ImageInputStream;

/** Frames that follow each other on one canvas, whose headers are read and whose pixels are not. */
interface Animation {
  PictureFormat format();

  /** Of the canvas at its largest, before it is turned upright. */
  int width();

  /** Of the canvas at its largest, before it is turned upright. */
  int height();

  /** How many there are, at least 1. */
  int frames();

  /** How all frames are to be turned, as the metadata tell. */
  Orientation orientation();

  /**
   * Begins to play.
   *
   * @param in the file, which is read as frames are asked for
   * @param warnings takes what is to be said of the frames
   */
  Playback play(ImageInputStream in, Consumer<String> warnings);

  /** A canvas that shows one frame after the other. For one thread at a time. */
  interface Playback {
    /** Decodes the next frame and puts it on the canvas; the first, to begin with. */
    void advance() throws IOException;

    /** What is to be seen now, in an image of its own. */
    RgbImage image();
  }

  /**
   * Reads the headers of all frames.
   *
   * @throws Damaged for what is wrong with them, or if the format has no animations that are read
   */
  static Animation of(ImageInputStream in) throws IOException {
    PictureFormat format = demandFormat(in);
    return PictureFormat.parsed(
        () -> format == PictureFormat.GIF ? GifAnimation.of(in) : WebpAnimation.of(in));
  }

  /**
   * The format of what a stream holds, which is put back to its beginning.
   *
   * @throws Damaged if it has no animations that are read
   */
  static PictureFormat demandFormat(ImageInputStream in) throws IOException {
    PictureFormat format = PictureFormat.of(in, Subject.VIDEO);
    if (format != PictureFormat.GIF && format != PictureFormat.WEBP) {
      throw Damaged.unsupported(
          "is "
              + format.title()
              + ", of which one picture is read, and no video; "
              + Subject.VIDEO.advice());
    }
    return format;
  }

  /**
   * Refuses a frame too many.
   *
   * @param frames how many there are before it
   */
  static void demandRoom(int frames) throws Damaged {
    if (frames >= AnimationDecoder.MOST_FRAMES) {
      throw Damaged.unsupported(
          "has more than "
              + AnimationDecoder.MOST_FRAMES
              + " frames, the limit; cut it into shorter ones");
    }
  }
}
