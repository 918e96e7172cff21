package org.pmf4j.modalities.image;

/** The filters of Pillow's resampling, under the codes that preprocessor_config.json uses. */
enum Filter {
  /** Code 0: the nearest pixel; no convolution. */
  NEAREST(0),
  /** Code 1: a windowed sinc. */
  LANCZOS(3) {
    @Override
    double at(double x) {
      return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
    }
  },
  /** Code 2: a triangle. */
  BILINEAR(1) {
    @Override
    double at(double x) {
      double t = Math.abs(x);
      return t < 1 ? 1 - t : 0;
    }
  },
  /** Code 3: Keys' cubic with a = −0.5. */
  BICUBIC(2) {
    @Override
    double at(double x) {
      double a = -0.5;
      double t = Math.abs(x);
      if (t < 1) {
        return ((a + 2) * t - (a + 3)) * t * t + 1;
      }
      return t < 2 ? (((t - 5) * t + 8) * t - 4) * a : 0;
    }
  },
  /** Code 4: the mean of the pixels under it. */
  BOX(0.5) {
    @Override
    double at(double x) {
      return x > -0.5 && x <= 0.5 ? 1 : 0;
    }
  },
  /** Code 5: a Hamming-windowed sinc. */
  HAMMING(1) {
    @Override
    double at(double x) {
      double t = Math.abs(x);
      if (t == 0) {
        return 1;
      }
      return t < 1 ? sinc(t) * (0.54 + 0.46 * Math.cos(t * Math.PI)) : 0;
    }
  };

  private final double support;

  Filter(double support) {
    this.support = support;
  }

  /** Half the width of the filter, in pixels of the larger of the two grids. */
  double support() {
    return support;
  }

  /** The filter's weight at a distance from its centre. */
  double at(double x) {
    throw new UnsupportedOperationException(this + " is no convolution");
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
  }
}
