package org.pmf4j.modalities.audio.feature;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/**
 * {@code ASTFeatureExtractor}: a log-mel spectrogram after Kaldi, {@code input_values} FLOAT32
 * [frames, bins], of one length for all clips: cut, or filled up with zeros before it is
 * normalized. Frames have 400 samples, 160 apart, at any rate, as in the reference's own NumPy
 * code; with torchaudio it would take 25 ms and 10 ms, which is the same at 16 kHz.
 *
 * @param rate samples a second
 * @param bins of the mel scale
 * @param frames of every clip
 * @param normalization what is done to the logarithms, or null for nothing
 */
record AstFrontEnd(int rate, int bins, int frames, Normalization normalization)
    implements FrontEnd {
  static final String TYPE = "ASTFeatureExtractor";

  /** The encoder's input. */
  static final String VALUES = "input_values";

  /** Samples of a frame. */
  static final int FRAME = 400;

  private static final int HOP = 160;
  private static final int FFT = 512;
  private static final double PREEMPHASIS = 0.97;
  private static final double FLOOR = 1.192092955078125e-07;
  private static final double[] WINDOW = new double[FRAME];

  static {
    Arrays.setAll(WINDOW, i -> 0.5 - 0.5 * Math.cos(2 * Math.PI * i / (FRAME - 1)));
  }

  /**
   * (x − mean) / (2 · deviation).
   *
   * @param mean of the training set's logarithms
   * @param twice the standard deviation, not 0
   */
  record Normalization(float mean, float twice) {}

  static AstFrontEnd of(EncoderConfig config) {
    int bins = config.size("num_mel_bins", 128);
    int frames = config.size("max_length", 1_024);
    FeatureSettings.checkSize(config, "max_length", (long) frames * HOP, 1);
    FeatureSettings.checkSize(config, "max_length", frames, bins);
    return new AstFrontEnd(FeatureSettings.rate(config), bins, frames, normalization(config));
  }

  private static Normalization normalization(EncoderConfig config) {
    if (!config.flag("do_normalize", true)) {
      return null;
    }
    float twice = 2 * FeatureSettings.finite(config, "std", 4.5689974);
    if (twice == 0) {
      throw config.wrong("std", "other than 0", 0);
    }
    return new Normalization(FeatureSettings.finite(config, "mean", -4.2677393), twice);
  }

  @Override
  public Demand demand() {
    return new Demand(rate, (frames - 1) * HOP + FRAME, true);
  }

  @Override
  public Named<HostTensor> inputs(float[] samples) {
    float[] values = Arrays.copyOf(logarithms(samples), frames * bins);
    if (normalization != null) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (values[i] - normalization.mean()) / normalization.twice();
      }
    }
    return Named.of(VALUES, HostTensor.of(values, frames, bins));
  }

  /** The logarithms of all whole frames, at most {@link #frames}, one frame after another. */
  float[] logarithms(float[] samples) {
    if (samples.length < FRAME) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "the audio is too short: %d samples at %d Hz, %d make a frame",
              samples.length,
              rate,
              FRAME));
    }
    MelFilters mel = MelFilters.kaldi(bins, FFT / 2 + 1, rate);
    Fourier fourier = new Fourier(FFT);
    double[] frame = new double[FRAME];
    double[] power = new double[FFT / 2 + 1];
    int count = Math.min(frames, 1 + (samples.length - FRAME) / HOP);
    float[] values = new float[count * bins];
    for (int t = 0; t < count; t++) {
      shape(samples, t * HOP, frame);
      fourier.power(frame, power);
      for (int b = 0; b < bins; b++) {
        values[t * bins + b] = (float) Math.log(Math.max(FLOOR, mel.apply(b, power)));
      }
    }
    return values;
  }

  /** Takes the mean away, raises the high frequencies, and fades in and out. */
  private static void shape(float[] samples, int from, double[] frame) {
    double mean = 0;
    for (int i = 0; i < FRAME; i++) {
      mean += samples[from + i];
    }
    mean /= FRAME;
    double before = samples[from] - mean;
    for (int i = 0; i < FRAME; i++) {
      double now = samples[from + i] - mean;
      frame[i] = (now - PREEMPHASIS * before) * WINDOW[i];
      before = now;
    }
  }

  @Override
  public Named<HostTensor> collate(List<Named<HostTensor>> clips) {
    return Batches.stack(clips);
  }

  @Override
  public int length(Named<HostTensor> clip) {
    return 1;
  }
}
