package org.pmf4j.modalities.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;

/**
 * Decodes animations to upright RGB frames, as Pillow composes them: what a frame does not cover is
 * of the frames before it. Frames are decoded one after the other, up to the last that is wanted,
 * onto one canvas. Has no state: any thread may call it. An interrupted thread stops at the next
 * rows and keeps its interrupted state.
 *
 * <p>A canvas has {@link ImageDecoder#MOST_EXACT} pixels at most, whether frames cover it or not;
 * no pixels are left out. So an animation takes some 600 MB at most, however long it is.
 */
public final class AnimationDecoder {
  /** What is read, for messages. */
  public static final String FORMATS = "animated GIF, animated WebP";

  /** The most frames of a video: more than half an hour at 30 a second. */
  public static final int MOST_FRAMES = 1 << 16;

  /** Pixels of the canvas times frames: some minutes of work. */
  static final long MOST_DRAWN = 1L << 35;

  private AnimationDecoder() {}

  /** Says which frames are wanted. */
  public interface Choice {
    /**
     * The frames in the order of time.
     *
     * @param frames how many there are, at least 1
     * @return numbers from 0 to {@code frames} - 1, none smaller than the one before it
     */
    int[] of(int frames);
  }

  /** Takes the frames that were chosen, in their order. */
  public interface Sink {
    /**
     * Takes one.
     *
     * @param place in what was chosen
     * @param times how often the frame stands there, from this place on
     * @param image the frame, upright
     */
    void take(int place, int times, RgbImage image);
  }

  /**
   * Reads the first header alone, and checks what can be told from it.
   *
   * @throws PmfException naming the source, if it is missing, empty, too large, no animation or of
   *     a kind that is not read
   */
  public static void check(Source source) {
    new PictureInput(source, Subject.VIDEO)
        .read(
            in -> {
              Animation.demandFormat(in);
              Picture first = Picture.of(in);
              demandModest(first.format(), first.width(), first.height());
              return null;
            });
  }

  /**
   * Decodes the frames that are chosen.
   *
   * @throws PmfException naming the source, as {@link #check}, and if it is damaged or truncated
   *     before the last of them, or if the thread is interrupted
   */
  public static void decode(Source source, Choice choice, Sink sink) {
    new PictureInput(source, Subject.VIDEO)
        .read(
            in -> {
              decode(source, in, choice, sink);
              return null;
            });
  }

  private static void decode(Source source, ImageInputStream in, Choice choice, Sink sink)
      throws IOException {
    Animation animation = Animation.of(in);
    int width = animation.width();
    int height = animation.height();
    demandModest(animation.format(), width, height);
    int[] chosen = choice.of(animation.frames());
    long drawn = (chosen[chosen.length - 1] + 1L) * width * height;
    if (drawn > MOST_DRAWN) {
      throw Damaged.unsupported(
          "has too many frames of "
              + width
              + " × "
              + height
              + " pixels, more than the limit of "
              + MOST_DRAWN
              + " pixels in all; make it smaller, or cut it into shorter ones");
    }
    Animation.Playback playback = animation.play(in, warning -> ImageDecoder.warn(source, warning));
    int shown = -1;
    for (int place = 0; place < chosen.length; ) {
      for (; shown < chosen[place]; shown++) {
        playback.advance();
      }
      int times = times(chosen, place);
      sink.take(place, times, animation.orientation().upright(playback.image()));
      place += times;
    }
  }

  /** How often a frame is chosen, from its first place on. */
  public static int times(int[] chosen, int place) {
    int end = place + 1;
    while (end < chosen.length && chosen[end] == chosen[place]) {
      end++;
    }
    return end - place;
  }

  private static void demandModest(PictureFormat format, int width, int height) throws Damaged {
    ImageDecoder.demandModest(width, height);
    if ((long) width * height > ImageDecoder.MOST_EXACT) {
      throw ImageDecoder.tooLarge(
          width,
          height,
          ImageDecoder.MORE_THAN + ImageDecoder.MOST_EXACT + " for an animated " + format.title());
    }
  }
}
