package org.pmf4j.modalities.image;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
   * Reads {@code size} or {@code crop_size}: a number, a list of height and width, or an object
   * with height and width or with shortest_edge.
   *
   * @param square true if one number means a square, false if it means the shortest edge
   * @param otherwise what a missing key stands for
   */
  static TargetSize of(EncoderConfig config, String key, boolean square, TargetSize otherwise) {
    Object found = config.values().get(key);
    if (found == null) {
      return otherwise;
    }
    if (found instanceof Number) {
      int side = config.size(key);
      demandModest(config, key, side, side);
      return square ? new Exact(side, side) : new ShortestEdge(side);
    }
    EncoderConfig size = new EncoderConfig(config.source() + " " + key, sides(found));
    Set<String> sides = size.values().keySet();
    if (sides.equals(Set.of("shortest_edge"))) {
      int side = size.size("shortest_edge");
      demandModest(config, key, side, side);
      return new ShortestEdge(side);
    }
    if (sides.equals(Set.of("height", "width"))) {
      Exact exact = new Exact(size.size("width"), size.size("height"));
      demandModest(config, key, exact.width(), exact.height());
      return exact;
    }
    throw config.wrong(key, "a number, {height, width} or {shortest_edge}", found);
  }

  private static void demandModest(EncoderConfig config, String key, long width, long height) {
    if (width * height > ImageDecoder.MOST_PIXELS) {
      throw config.wrong(
          key, "at most " + ImageDecoder.MOST_PIXELS + " pixels", width + " × " + height);
    }
  }

  /** Sides by name; those that are null are not there. */
  private static Map<String, Object> sides(Object found) {
    Map<String, Object> sides = new LinkedHashMap<>();
    if (found instanceof List<?> list && list.size() == 2) {
      sides.put("height", list.get(0));
      sides.put("width", list.get(1));
    }
    if (found instanceof Map<?, ?> map) {
      map.forEach((side, length) -> sides.put((String) side, length));
      sides.values().removeIf(Objects::isNull);
    }
    return sides;
  }
}
