package org.pmf4j.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds places for names beside their points, one after the other: the nearest of many around the
 * point that covers nothing that is there already.
 */
final class Labels {
  /** Width of a letter and height of a line as small screens show them, which is larger. */
  private static final double LETTER = 7.8;

  private static final double LINE = 16;
  private static final double GAP = 8;
  private static final int RINGS = 12;

  private final double left;
  private final double top;
  private final double right;
  private final double bottom;
  private final List<Box> taken = new ArrayList<>();

  /** Places within a frame, in the picture's units. */
  Labels(double left, double top, double right, double bottom) {
    this.left = left;
    this.top = top;
    this.right = right;
    this.bottom = bottom;
  }

  /** A rectangle, in the picture's units. */
  record Box(double left, double top, double width, double height) {
    boolean meets(Box o) {
      return left < o.left + o.width
          && o.left < left + width
          && top < o.top + o.height
          && o.top < top + height;
    }

    boolean isFarFrom(double x, double y) {
      return Math.hypot(nearestX(x) - x, nearestY(y) - y) > 1.4 * GAP;
    }

    double nearestX(double x) {
      return Math.max(left, Math.min(left + width, x));
    }

    double nearestY(double y) {
      return Math.max(top, Math.min(top + height, y));
    }
  }

  /** Nothing may cover a point. */
  void keepFree(double x, double y, double radius) {
    taken.add(new Box(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  /** The place of a name; where the picture is full, the first one tried. */
  Box place(String name, double x, double y) {
    double width = name.codePointCount(0, name.length()) * LETTER;
    Box found = null;
    for (int ring = 0; ring < RINGS && found == null; ring++) {
      found = free(width, x, y, GAP + ring * LINE / 2);
    }
    Box box = found == null ? around(width, x, y, GAP).get(0) : found;
    taken.add(box);
    return box;
  }

  private Box free(double width, double x, double y, double gap) {
    return around(width, x, y, gap).stream()
        .filter(b -> b.left >= left && b.left + b.width <= right)
        .filter(b -> b.top >= top && b.top + b.height <= bottom)
        .filter(b -> taken.stream().noneMatch(b::meets))
        .findFirst()
        .orElse(null);
  }

  /** Right, left, above, below, and the corners. */
  private static List<Box> around(double width, double x, double y, double gap) {
    double middle = y - LINE / 2;
    double over = y - gap - LINE;
    double under = y + gap;
    double before = x - gap - width;
    double behind = x + gap;
    List<Box> boxes = new ArrayList<>();
    for (double[] corner :
        new double[][] {
          {behind, middle},
          {before, middle},
          {x - width / 2, over},
          {x - width / 2, under},
          {behind, over},
          {behind, under},
          {before, over},
          {before, under}
        }) {
      boxes.add(new Box(corner[0], corner[1], width, LINE));
    }
    return boxes;
  }
}
