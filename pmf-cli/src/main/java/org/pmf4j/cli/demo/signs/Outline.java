package org.pmf4j.cli.demo.signs;

import java.util.Locale;

/** Shapes about the origin, each given by how far out in it a point lies. */
enum Outline {
  CIRCLE {
    @Override
    double reach(double u, double v) {
      return Math.sqrt(u * u + v * v);
    }
  },
  SQUARE {
    @Override
    double reach(double u, double v) {
      return Math.max(Math.abs(u), Math.abs(v)) / 0.85;
    }
  },
  DIAMOND {
    @Override
    double reach(double u, double v) {
      return Math.abs(u) + Math.abs(v);
    }
  },
  TRIANGLE {
    @Override
    double reach(double u, double v) {
      return Math.max(v, 0.8660254037844386 * Math.abs(u) - 0.5 * v) / 0.62;
    }
  },
  CROSS {
    @Override
    double reach(double u, double v) {
      double along = Math.max(Math.abs(u), Math.abs(v));
      double across = Math.min(Math.abs(u), Math.abs(v));
      return Math.max(along, across / 0.4);
    }
  };

  /**
   * How far out a point lies: 0 at the centre, below 1 inside, 1 on the edge, growing in proportion
   * along every ray.
   */
  abstract double reach(double u, double v);

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
