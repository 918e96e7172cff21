package org.pmf4j.modalities.audio.feature;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/**
 * {@code Wav2Vec2FeatureExtractor}: the samples themselves, {@code input_values} FLOAT32 [samples],
 * each clip to zero mean and unit variance if {@code do_normalize}. A batch is filled up with
 * {@code padding_value} after that, so that a clip's values do not depend on its batch. With {@code
 * return_attention_mask}, as encoders with {@code feat_extract_norm} "layer" have it, {@code
 * attention_mask} INT64 [samples] is 1 at real samples; encoders with "group" were trained without
 * a mask and get none, and see the padding as silence.
 *
 * <p>Nothing in the settings bounds a clip, and the encoder's cost grows with the square of its
 * length, so clips above {@link #MOST_SECONDS} are refused.
 *
 * @param rate samples a second
 * @param normalizes true to standardize each clip
 * @param masks true to give the mask
 * @param filler the value of padding
 */
record Wav2Vec2FrontEnd(int rate, boolean normalizes, boolean masks, float filler)
    implements FrontEnd {
  static final String TYPE = "Wav2Vec2FeatureExtractor";

  /** The longest clip: 3,000 tokens, more than these encoders saw in training. */
  static final int MOST_SECONDS = 60;

  private static final String VALUES = "input_values";
  private static final String MASK = "attention_mask";
  private static final double EPSILON = 1e-7;

  static Wav2Vec2FrontEnd of(EncoderConfig config) {
    return new Wav2Vec2FrontEnd(
        FeatureSettings.rate(config),
        config.flag("do_normalize", true),
        config.flag("return_attention_mask", false),
        FeatureSettings.finite(config, "padding_value", 0));
  }

  @Override
  public Demand demand() {
    return new Demand(rate, MOST_SECONDS * rate, false);
  }

  @Override
  public Named<HostTensor> inputs(float[] samples) {
    Map<String, HostTensor> inputs = new LinkedHashMap<>();
    float[] values = normalizes ? standardized(samples) : samples;
    inputs.put(VALUES, HostTensor.of(values, values.length));
    if (masks) {
      long[] mask = new long[values.length];
      Arrays.fill(mask, 1);
      inputs.put(MASK, HostTensor.of(mask, mask.length));
    }
    return Named.of(inputs);
  }

  private static float[] standardized(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += sample;
    }
    double mean = sum / samples.length;
    double squares = 0;
    for (float sample : samples) {
      squares += (sample - mean) * (sample - mean);
    }
    double deviation = Math.sqrt(squares / samples.length + EPSILON);
    float[] values = new float[samples.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((samples[i] - mean) / deviation);
    }
    return values;
  }

  @Override
  public Named<HostTensor> collate(List<Named<HostTensor>> clips) {
    Map<String, HostTensor> batch = new LinkedHashMap<>();
    batch.put(VALUES, Batches.floats(clips.stream().map(c -> c.get(VALUES)).toList(), filler));
    if (masks) {
      batch.put(MASK, Batches.longs(clips.stream().map(c -> c.get(MASK)).toList()));
    }
    return Named.of(batch);
  }

  @Override
  public int length(Named<HostTensor> clip) {
    return (int) clip.get(VALUES).shape().size();
  }
}
