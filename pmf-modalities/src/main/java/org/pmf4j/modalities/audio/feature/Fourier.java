package org.pmf4j.modalities.audio.feature;

import java.util.Arrays;

/**
 * The discrete Fourier transform of any size, in double precision: Stockham's form, one stage for
 * each prime factor. Small factors make it fast; a prime size costs its square. Not for several
 * threads at once.
 */
final class Fourier {
  private final int size;
  private final double[] cos;
  private final double[] sin;
  private double[] re;
  private double[] im;
  private double[] nextRe;
  private double[] nextIm;

  Fourier(int size) {
    this.size = size;
    this.cos = new double[size];
    this.sin = new double[size];
    for (int i = 0; i < size; i++) {
      cos[i] = Math.cos(2 * Math.PI * i / size);
      sin[i] = -Math.sin(2 * Math.PI * i / size);
    }
    this.re = new double[size];
    this.im = new double[size];
    this.nextRe = new double[size];
    this.nextIm = new double[size];
  }

  /**
   * Squared magnitudes of a real signal's spectrum, from 0 Hz to half the sampling rate. The
   * spectrum is rounded to single precision before, as the references keep it.
   *
   * @param signal of the transform's size or shorter, continued by zeros
   * @param power where to put size / 2 + 1 values
   */
  void power(double[] signal, double[] power) {
    System.arraycopy(signal, 0, re, 0, signal.length);
    Arrays.fill(re, signal.length, size, 0);
    Arrays.fill(im, 0);
    int left = size;
    int stride = 1;
    for (int factor = 2; left > 1; factor++) {
      for (; left % factor == 0; left /= factor) {
        if (factor == 2) {
          halves(left, stride);
        } else {
          parts(factor, left, stride);
        }
        swap();
        stride *= factor;
      }
    }
    for (int k = 0; k <= size / 2; k++) {
      double a = (float) re[k];
      double b = (float) im[k];
      power[k] = a * a + b * b;
    }
  }

  private void swap() {
    double[] r = re;
    re = nextRe;
    nextRe = r;
    double[] i = im;
    im = nextIm;
    nextIm = i;
  }

  /** A stage of factor 2 over {@code stride} interleaved signals of length {@code n}. */
  private void halves(int n, int stride) {
    int m = n / 2;
    for (int p = 0; p < m; p++) {
      double c = cos[p * stride];
      double s = sin[p * stride];
      for (int q = 0; q < stride; q++) {
        int a = q + stride * p;
        int b = a + stride * m;
        int to = q + stride * 2 * p;
        nextRe[to] = re[a] + re[b];
        nextIm[to] = im[a] + im[b];
        double dr = re[a] - re[b];
        double di = im[a] - im[b];
        nextRe[to + stride] = dr * c - di * s;
        nextIm[to + stride] = dr * s + di * c;
      }
    }
  }

  /** The same for any factor. */
  private void parts(int factor, int n, int stride) {
    int m = n / factor;
    for (int p = 0; p < m; p++) {
      for (int k = 0; k < factor; k++) {
        for (int q = 0; q < stride; q++) {
          double sumRe = 0;
          double sumIm = 0;
          for (int j = 0; j < factor; j++) {
            int from = q + stride * (p + m * j);
            // exp(−2πi · k (p + m j) / n): the butterfly and the twiddle factor in one
            int turn = (int) ((long) k * (p + m * j) % n) * stride;
            sumRe += re[from] * cos[turn] - im[from] * sin[turn];
            sumIm += re[from] * sin[turn] + im[from] * cos[turn];
          }
          int to = q + stride * (factor * p + k);
          nextRe[to] = sumRe;
          nextIm[to] = sumIm;
        }
      }
    }
  }
}
