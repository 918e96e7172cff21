package org.pmf4j.modalities.audio;

import java.util.Arrays;

/**
 * Changes the sampling rate of a mono signal, block by block, with a sinc filter under a Hann
 * window: the definition of {@code torchaudio.functional.resample} with its defaults
 * (sinc_interp_hann, lowpass_filter_width 6, rolloff 0.99). The signal is taken to be zero outside.
 * Memory is one block and a filter for each of the {@code to / gcd} phases; blocks may be cut
 * anywhere without changing a bit of the result.
 */
final class Resampler {
  private static final int ZERO_CROSSINGS = 6;
  private static final double ROLLOFF = 0.99;

  private final int from;
  private final int to;

  /** Half the filter's length, in samples of the input. */
  private final int width;

  private final float[][] filters;

  /** The input from {@code heldFrom} on; what no output needs any more is gone. */
  private float[] held = {};

  private long heldFrom;
  private long pushed;
  private long given;

  /**
   * A resampler.
   *
   * @param from rate of the input, above 0
   * @param to rate of the output, above 0
   */
  Resampler(int from, int to) {
    int divisor = gcd(from, to);
    this.from = from / divisor;
    this.to = to / divisor;
    this.width = (int) Math.ceil(ZERO_CROSSINGS * this.from / cutoff());
    this.filters = new float[this.to][];
  }

  /** The output that the input so far determines, as far as it was not given yet. */
  float[] push(float[] block) {
    hold(block);
    pushed += block.length;
    // Output k reads the input up to k · from / to + width.
    long ready = pushed - width <= 0 ? 0 : outputs(pushed - width);
    return give(Math.max(ready, given));
  }

  /** What is left at the end of the input. In all, ceil(to · input / from) samples are given. */
  float[] finish() {
    return give(outputs(pushed));
  }

  private long outputs(long inputs) {
    return (Math.multiplyExact(inputs, (long) to) + from - 1) / from;
  }

  private double cutoff() {
    return Math.min(from, to) * ROLLOFF;
  }

  private void hold(float[] block) {
    long needed = given / to * from + given % to * from / to - width - 1;
    int drop = (int) Math.min(held.length, Math.max(0, needed - heldFrom));
    float[] next = Arrays.copyOfRange(held, drop, held.length + block.length);
    System.arraycopy(block, 0, next, held.length - drop, block.length);
    heldFrom += drop;
    held = next;
  }

  private float[] give(long end) {
    if (from == to) {
      return passOn(end);
    }
    float[] out = new float[Math.toIntExact(end - given)];
    for (int i = 0; i < out.length; i++) {
      long k = given + i;
      int phase = (int) (k % to);
      float[] filter = filter(phase);
      long first = k / to * from + first(phase) - heldFrom;
      int start = (int) Math.max(0, -first);
      int stop = (int) Math.min(filter.length, held.length - first);
      double sum = 0;
      for (int j = start; j < stop; j++) {
        sum += (double) filter[j] * held[(int) (first + j)];
      }
      out[i] = (float) sum;
    }
    given = end;
    return out;
  }

  private float[] passOn(long end) {
    int at = (int) (given - heldFrom);
    float[] out = Arrays.copyOfRange(held, at, at + Math.toIntExact(end - given));
    given = end;
    return out;
  }

  /** The first sample that a phase reads, from where its period begins. */
  private int first(int phase) {
    return (int) ((long) phase * from / to) - width;
  }

  private float[] filter(int phase) {
    if (filters[phase] == null) {
      float[] filter = new float[2 * width + 2];
      for (int j = 0; j < filter.length; j++) {
        double seconds = (double) (first(phase) + j) / from - (double) phase / to;
        filter[j] = (float) (weight(seconds * cutoff()) * cutoff() / from);
      }
      filters[phase] = filter;
    }
    return filters[phase];
  }

  /** The windowed sinc, at a place measured in its zero crossings. */
  private static double weight(double t) {
    if (Math.abs(t) >= ZERO_CROSSINGS) {
      return 0;
    }
    double window = Math.cos(t * Math.PI / ZERO_CROSSINGS / 2);
    double x = t * Math.PI;
    return (x == 0 ? 1 : Math.sin(x) / x) * window * window;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
