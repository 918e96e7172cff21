package org.pmf4j.modalities.image;

import java.util.Locale;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;

/** The size to which an image is brought. */
sealed interface TargetSize {
  /** The width and height for an upright image of a size. */
  int[] widthAndHeight(int w, int h);

  /** A size whatever the image's proportions are. */
  record Exact(int width, int height) implements TargetSize {
    @Override
    public int[] widthAndHeight(int w, int h) {
      return new int[] {width, height};
    }
  }

  /** A length of the shorter side; the longer one keeps the proportions, rounded down. */
  record ShortestEdge(int length) implements TargetSize {
    @Override
    public int[] widthAndHeight(int w, int h) {
      long longer = (long) ((double) ((long) length * Math.max(w, h)) / Math.min(w, h));
      if (longer * length > ImageDecoder.MOST_PIXELS) {
        throw PmfException.input(
            String.format(
                Locale.ROOT,
                "an image of %d × %d pixels would become %d × %d; crop it first",
                w,
                h,
                w <= h ? length : longer,
                w <= h ? longer : length));
      }
      return w <= h ? new int[] {length, (int) longer} : new int[] {(int) longer, length};
    }
  }

  /**
   * Reads {@code size} or {@code crop_size}: a number, or an object with height and width or with
   * shortest_edge.
   *
   * @param square true if one number means a square, false if it means the shortest edge
   * @param otherwise the number that a missing key stands for
   */
  static TargetSize of(EncoderConfig config, String key, boolean square, int otherwise) {
    if (!config.has(key) || config.values().get(key) instanceof Number) {
      int side = config.size(key, otherwise);
      return square ? new Exact(side, side) : new ShortestEdge(side);
    }
    EncoderConfig size = config.object(key).orElseThrow();
    if (size.values().keySet().equals(java.util.Set.of("shortest_edge"))) {
      return new ShortestEdge(size.size("shortest_edge"));
    }
    if (size.values().keySet().equals(java.util.Set.of("height", "width"))) {
      return new Exact(size.size("width"), size.size("height"));
    }
    throw config.wrong(key, "a number, {height, width} or {shortest_edge}", size.values());
  }
}
