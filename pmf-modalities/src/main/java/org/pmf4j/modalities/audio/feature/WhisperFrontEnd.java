package org.pmf4j.modalities.audio.feature;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/**
 * {@code WhisperFeatureExtractor}: a log-mel spectrogram, {@code input_features} FLOAT32 [bins,
 * frames], of {@code chunk_length} seconds: longer clips are cut, shorter ones filled up before the
 * spectrum is taken. Logarithms (base 10) end 8 below the clip's largest and become (x + 4) / 4.
 * With {@code return_attention_mask}, {@code attention_mask} INT64 [frames] is 1 where a frame's
 * place holds a real sample.
 *
 * @param rate samples a second
 * @param bins of the mel scale
 * @param hop samples from frame to frame
 * @param fft samples of a frame
 * @param seconds of every clip
 * @param filler the value of padding
 * @param masks true to give the mask
 */
record WhisperFrontEnd(
    int rate, int bins, int hop, int fft, int seconds, float filler, boolean masks)
    implements FrontEnd {
  static final String TYPE = "WhisperFeatureExtractor";

  private static final String FEATURES = "input_features";
  private static final String MASK = "attention_mask";
  private static final double FLOOR = 1e-10;
  private static final double RANGE = 8;
  private static final int MOST_FFT = 1 << 16;

  static WhisperFrontEnd of(EncoderConfig config) {
    int rate = FeatureSettings.rate(config);
    int bins = config.size("feature_size", 80);
    int hop = config.size("hop_length", 160);
    int fft = config.size("n_fft", 400);
    int seconds = config.size("chunk_length", 30);
    FeatureSettings.checkSize(config, "chunk_length", (long) seconds * rate, 1);
    FeatureSettings.checkSize(config, "chunk_length", (long) seconds * rate / hop, bins);
    if (hop > seconds * rate) {
      throw config.wrong("hop_length", "at most the clip's samples", hop);
    }
    if (fft > MOST_FFT || fft / 2 >= (long) seconds * rate) {
      throw config.wrong("n_fft", "at most " + MOST_FFT + " and twice the clip", fft);
    }
    return new WhisperFrontEnd(
        rate,
        bins,
        hop,
        fft,
        seconds,
        FeatureSettings.finite(config, "padding_value", 0),
        config.flag("return_attention_mask", false));
  }

  @Override
  public Demand demand() {
    return new Demand(rate, seconds * rate, true);
  }

  private int frames() {
    return seconds * rate / hop;
  }

  @Override
  public Named<HostTensor> inputs(float[] samples) {
    float[] padded = Arrays.copyOf(samples, seconds * rate);
    Arrays.fill(padded, samples.length, padded.length, filler);
    Map<String, HostTensor> inputs = new LinkedHashMap<>();
    inputs.put(FEATURES, HostTensor.of(scaled(logarithms(padded)), bins, frames()));
    if (masks) {
      long[] mask = new long[frames()];
      Arrays.setAll(mask, t -> (long) t * hop < samples.length ? 1 : 0);
      inputs.put(MASK, HostTensor.of(mask, mask.length));
    }
    return Named.of(inputs);
  }

  /** Frame t is centred on sample t · hop; the signal is mirrored at both ends. */
  private float[] logarithms(float[] samples) {
    MelFilters mel = MelFilters.slaney(bins, fft / 2 + 1, rate);
    Fourier fourier = new Fourier(fft);
    double[] window = new double[fft];
    Arrays.setAll(window, i -> 0.5 - 0.5 * Math.cos(2 * Math.PI * i / fft));
    double[] frame = new double[fft];
    double[] power = new double[fft / 2 + 1];
    int frames = frames();
    float[] values = new float[bins * frames];
    for (int t = 0; t < frames; t++) {
      boolean silent = true;
      for (int i = 0; i < fft; i++) {
        int at = Math.abs(t * hop + i - fft / 2);
        float sample = samples[at < samples.length ? at : 2 * (samples.length - 1) - at];
        frame[i] = sample * window[i];
        silent &= sample == 0;
      }
      if (silent) {
        Arrays.fill(power, 0);
      } else {
        fourier.power(frame, power);
      }
      for (int b = 0; b < bins; b++) {
        values[b * frames + t] = (float) Math.log10(Math.max(FLOOR, mel.apply(b, power)));
      }
    }
    return values;
  }

  private static float[] scaled(float[] logarithms) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float x : logarithms) {
      largest = Math.max(largest, x);
    }
    for (int i = 0; i < logarithms.length; i++) {
      logarithms[i] = (float) ((Math.max(logarithms[i], largest - RANGE) + 4) / 4);
    }
    return logarithms;
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
