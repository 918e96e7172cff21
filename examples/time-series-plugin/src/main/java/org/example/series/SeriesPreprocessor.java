package org.example.series;

import java.util.Locale;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;

/**
 * From a series to {@code series_values} FLOAT32 [P, patch · channels], normalized by channel, and
 * {@code attention_mask} INT64 [1 + P]: a CLS token and P patches. What the series lacks of its
 * last patch is 0, the mean.
 */
record SeriesPreprocessor(SeriesSettings settings) implements Preprocessor {
  static final String VALUES = "series_values";
  static final String MASK = "attention_mask";

  @Override
  public Named<HostTensor> prepare(Source source) {
    double[][] steps = SeriesFile.read(source);
    int channels = settings.channels();
    if (steps[0].length != channels) {
      throw PmfException.input(
          String.format(Locale.ROOT, "%s: %d channels, but the encoder takes %d", source.describe(), steps[0].length, channels));
    }
    if (steps.length > settings.maxLength()) {
      steps = Resampling.to(settings.maxLength(), steps);
    }
    int patches = (steps.length + settings.patchSize() - 1) / settings.patchSize();
    float[] values = new float[patches * settings.patchSize() * channels];
    for (int t = 0; t < steps.length; t++) {
      for (int c = 0; c < channels; c++) {
        double centred = steps[t][c] - settings.mean().get(c);
        values[t * channels + c] = (float) (centred / settings.deviation().get(c));
      }
    }
    long[] mask = new long[1 + patches];
    Arrays.fill(mask, 1);
    return Named.of(VALUES, HostTensor.of(values, patches, settings.patchSize() * channels))
        .with(MASK, HostTensor.of(mask, mask.length));
  }

  @Override
  public Named<HostTensor> collate(List<Named<HostTensor>> samples) {
    int longest = samples.stream().mapToInt(this::length).max().orElseThrow();
    long width = samples.get(0).get(VALUES).shape().dim(1);
    int size = samples.size();
    return Named.of(VALUES, padded(samples, VALUES, Shape.of(size, longest - 1, width)))
        .with(MASK, padded(samples, MASK, Shape.of(size, longest)));
  }

  /** One below the other, each followed by zeros. */
  private static HostTensor padded(List<Named<HostTensor>> samples, String name, Shape shape) {
    DType type = samples.get(0).get(name).dtype();
    ByteBuffer bytes = HostTensor.direct(Math.toIntExact(shape.size()), type);
    int each = bytes.capacity() / samples.size();
    for (int i = 0; i < samples.size(); i++) {
      bytes.position(i * each).put(samples.get(i).get(name).data());
    }
    return new HostTensor(shape, type, bytes.rewind());
  }

  @Override
  public int length(Named<HostTensor> sample) {
    return (int) sample.get(MASK).shape().size();
  }

  @Override
  public String fingerprint() {
    return "series preprocessing 1 " + settings;
  }

  @Override
  public void close() {
    // Nothing native is held.
  }
}
