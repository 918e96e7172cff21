package org.pmf4j.modalities.audio.feature;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Triangular filters from the bins of a spectrum to mel bins, without the zeros around them. */
final class MelFilters {
  private final int[] first;
  private final double[][] weights;

  /**
   * Triangles over places on any axis.
   *
   * @param bins where the bins of the spectrum are
   * @param corners where the triangles begin, peak and end, each at the peak of the one before
   */
  private MelFilters(double[] bins, double[] corners) {
    int filters = corners.length - 2;
    first = new int[filters];
    weights = new double[filters][];
    for (int f = 0; f < filters; f++) {
      double[] all = new double[bins.length];
      for (int k = 0; k < bins.length; k++) {
        double up = (bins[k] - corners[f]) / (corners[f + 1] - corners[f]);
        double down = (corners[f + 2] - bins[k]) / (corners[f + 2] - corners[f + 1]);
        all[k] = Math.max(0, Math.min(up, down));
      }
      int end = bins.length;
      while (end > 0 && all[end - 1] == 0) {
        end--;
      }
      int begin = 0;
      while (begin < end && all[begin] == 0) {
        begin++;
      }
      first[f] = begin;
      weights[f] = Arrays.copyOfRange(all, begin, end);
    }
  }

  /** Kaldi's: triangles on the mel scale, from 20 Hz to half the rate (whole Hz), not weighted. */
  static MelFilters kaldi(int filters, int bins, int rate) {
    DoubleUnaryOperator mel = hertz -> 1127 * Math.log(1 + hertz / 700);
    double width = rate / ((bins - 1) * 2.0);
    double[] places = new double[bins];
    Arrays.setAll(places, k -> mel.applyAsDouble(width * k));
    int half = rate / 2;
    return new MelFilters(
        places, steps(mel.applyAsDouble(20), mel.applyAsDouble(half), filters + 2));
  }

  /** Slaney's, as Whisper has them: triangles in Hz up to 8 kHz, each weighted by its width. */
  static MelFilters slaney(int filters, int bins, int rate) {
    double[] corners = steps(0, hertzToSlaney(8_000), filters + 2);
    Arrays.setAll(corners, i -> slaneyToHertz(corners[i]));
    int half = rate / 2;
    MelFilters mel = new MelFilters(steps(0, half, bins), corners);
    for (int f = 0; f < filters; f++) {
      double scale = 2 / (corners[f + 2] - corners[f]);
      for (int k = 0; k < mel.weights[f].length; k++) {
        mel.weights[f][k] = (float) (mel.weights[f][k] * scale);
      }
    }
    return mel;
  }

  private static double hertzToSlaney(double hertz) {
    return hertz < 1_000 ? 3 * hertz / 200 : 15 + Math.log(hertz / 1_000) * 27 / Math.log(6.4);
  }

  private static double slaneyToHertz(double mel) {
    return mel < 15 ? 200 * mel / 3 : 1_000 * Math.exp(Math.log(6.4) / 27 * (mel - 15));
  }

  private static double[] steps(double from, double to, int count) {
    double[] steps = new double[count];
    Arrays.setAll(steps, i -> from + (to - from) * i / (count - 1));
    return steps;
  }

  /** Number of mel bins. */
  int count() {
    return first.length;
  }

  /** One mel bin of a power spectrum. */
  double apply(int filter, double[] power) {
    double sum = 0;
    double[] w = weights[filter];
    for (int k = 0; k < w.length; k++) {
      sum += w[k] * power[first[filter] + k];
    }
    return sum;
  }
}
