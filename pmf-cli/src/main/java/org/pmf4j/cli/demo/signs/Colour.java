package org.pmf4j.cli.demo.signs;

import java.util.Locale;

/** The colours of a sign, which are also the labels. */
enum Colour {
  BLACK(0.10, 0.10, 0.11),
  BLUE(0.12, 0.30, 0.75),
  GREEN(0.10, 0.55, 0.25),
  RED(0.80, 0.12, 0.14),
  WHITE(0.95, 0.95, 0.93),
  YELLOW(0.95, 0.80, 0.12);

  private final double[] rgb;

  Colour(double red, double green, double blue) {
    this.rgb = new double[] {red, green, blue};
  }

  /** Red, green or blue, 0 to 1. */
  double channel(int c) {
    return rgb[c];
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
