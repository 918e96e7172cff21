package org.pmf4j.modalities.family;

import java.util.Locale;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/**
 * Videos cut into tubelets, a patch over some frames each, embedded by a linear layer over its
 * values: the reference's convolution, whose stride equals its kernel.
 *
 * @param size what the configuration says of videos and tubelets
 * @param projection [d, C, t, p_h, p_w]
 * @param bias [d]
 */
record Tubelets(Size size, Tensor projection, Tensor bias) {

  /**
   * Sizes in pixels and frames.
   *
   * @param frame sizes of one frame and of its patches
   * @param frames of a video
   * @param depth frames of a tubelet
   */
  record Size(Patches.Size frame, int frames, int depth) {
    /** Thirty times what VideoMAE has; a position is made for each. */
    private static final long MOST = 1L << 16;

    static Size of(EncoderConfig config) {
      Patches.Size frame = Patches.Size.of(config, 224, 16);
      int frames = config.size("num_frames", 16);
      int depth = config.size("tubelet_size", 2);
      if (depth > frames) {
        throw config.wrong("tubelet_size", "no larger than num_frames", depth);
      }
      Size size = new Size(frame, frames, depth);
      if (frame.patches() > MOST || size.count() > MOST) {
        throw config.wrong(
            "num_frames",
            "such that all make " + MOST + " tubelets at most",
            frames + ", and each has " + frame.patches() + " patches");
      }
      return size;
    }

    /** Tubelets of a video; what does not fill one is dropped. */
    long count() {
      return frames / depth * frame.patches();
    }

    /** Refuses videos of another size than the encoder was made for. */
    void demand(Tensor pixels) {
      Shape expected =
          Shape.of(
              Shape.UNKNOWN, frames, frame.channels(), frame.imageHeight(), frame.imageWidth());
      if (!pixels.shape().matches(expected)) {
        throw PmfException.input(
            String.format(
                Locale.ROOT,
                "%s: the encoder takes videos of %d × %d × %d × %d (frames, channels, height, width), got pixel_values %s; let preprocessor_config.json give that size",
                frame.source(),
                frames,
                frame.channels(),
                frame.imageHeight(),
                frame.imageWidth(),
                pixels.shape()));
      }
    }
  }

  /**
   * Tubelets with their projection.
   *
   * @param name of the projection
   */
  static Tubelets of(Size size, int d, String name, Weights weights) {
    Patches.Size frame = size.frame();
    return new Tubelets(
        size,
        weights.matrix(
            name + ".weight",
            d,
            frame.channels(),
            size.depth(),
            frame.patchHeight(),
            frame.patchWidth()),
        weights.matrix(name + ".bias", d));
  }

  /**
   * Embeds tubelets, of the first frames line by line, then of the next.
   *
   * @param pixels [B, T, C, H, W]
   * @return [B, T / t · rows · columns, d]
   */
  Tensor embed(Tensor pixels) {
    size.demand(pixels);
    Patches.Size frame = size.frame();
    int t = size.depth();
    long steps = size.frames() / t;
    long rows = frame.rows();
    long columns = frame.columns();
    int ph = frame.patchHeight();
    int pw = frame.patchWidth();
    long values = (long) frame.channels() * t * ph * pw;
    Tensor flat =
        pixels
            .slice(1, 0, steps * t)
            .slice(3, 0, rows * ph)
            .slice(4, 0, columns * pw)
            .reshape(Tensor.KEEP, steps, t, frame.channels(), rows, ph, columns, pw)
            .permute(0, 1, 4, 6, 3, 2, 5, 7)
            .reshape(Tensor.KEEP, steps * rows * columns, values);
    return new Linear(projection.reshape(Tensor.KEEP, values), bias).apply(flat);
  }
}
