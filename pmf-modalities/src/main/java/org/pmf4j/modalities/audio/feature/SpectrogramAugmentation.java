package org.pmf4j.modalities.audio.feature;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/**
 * Changes of a spectrogram [frames, bins] that keep what is heard: a small shift in time, then one
 * band of frequencies and one stretch of time hidden, as SpecAugment does (Park et al., 2019). What
 * is hidden becomes 0, the mean of normalized features. Padding is told by its value, the same in
 * all bins of the last frames, and stays as it is. Several threads may use it at once.
 */
public final class SpectrogramAugmentation {
  /** The most frames of a shift either way: 80 ms at 16 kHz. */
  static final int MOST_SHIFT = 8;

  /** Hidden is at most this part of the bins, and of the frames that are no padding. */
  static final int MOST_HIDDEN_PART = 6;

  private final int frames;
  private final int bins;
  private float[] values;
  private int real;

  private SpectrogramAugmentation(HostTensor spectrogram) {
    this.frames = (int) spectrogram.shape().dim(0);
    this.bins = (int) spectrogram.shape().dim(1);
    this.values = spectrogram.floats();
    this.real = frames;
    while (real > 0 && isPadding(real - 1)) {
      real--;
    }
  }

  /** True for an AST front end's inputs [frames, bins], not for waves or Whisper's spectrograms. */
  public static boolean applies(Named<HostTensor> sample) {
    return sample.has(AstFrontEnd.VALUES) && sample.get(AstFrontEnd.VALUES).shape().rank() == 2;
  }

  /** A changed copy of an AST front end's inputs. */
  public static Named<HostTensor> of(Named<HostTensor> sample, RandomGenerator random) {
    HostTensor spectrogram = sample.get(AstFrontEnd.VALUES);
    SpectrogramAugmentation a = new SpectrogramAugmentation(spectrogram);
    a.shift(random.nextInt(-MOST_SHIFT, MOST_SHIFT + 1));
    int width = random.nextInt(a.bins / MOST_HIDDEN_PART + 1);
    a.hide(0, a.real, random.nextInt(a.bins - width + 1), width);
    int length = random.nextInt(a.real / MOST_HIDDEN_PART + 1);
    a.hide(random.nextInt(a.real - length + 1), length, 0, a.bins);
    return sample.with(AstFrontEnd.VALUES, HostTensor.of(a.values, spectrogram.shape().dims()));
  }

  private boolean isPadding(int frame) {
    float value = values[(frames - 1) * bins];
    for (int b = 0; b < bins; b++) {
      if (values[frame * bins + b] != value) {
        return false;
      }
    }
    return true;
  }

  /** Later by repeating the first frame, earlier by dropping frames; never all of them. */
  private void shift(int by) {
    if (real == 0) {
      return;
    }
    int shift = Math.max(by, 1 - real);
    float filler = real < frames ? values[(frames - 1) * bins] : 0;
    float[] shifted = new float[values.length];
    Arrays.fill(shifted, filler);
    int end = Math.min(frames, real + shift);
    for (int t = 0; t < end; t++) {
      int from = Math.max(0, t - shift);
      System.arraycopy(values, from * bins, shifted, t * bins, bins);
    }
    values = shifted;
    real = end;
  }

  private void hide(int frame, int count, int bin, int width) {
    for (int t = frame; t < frame + count; t++) {
      Arrays.fill(values, t * bins + bin, t * bins + bin + width, 0);
    }
  }
}
