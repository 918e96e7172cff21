package org.pmf4j.modalities.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.numbers.gamma.Erfc;
import org.pmf4j.api.modality.Pretraining.MaskedFeatures.Masked;
import org.pmf4j.api.modality.Pretraining.MaskedFeatures.Masking;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/**
 * Hides features by making them look as if the row lacked them. What is guessed of a number is in
 * which of equally likely ranges it lies; of a category its id. Numbers come first in the
 * vocabulary, then all categories.
 *
 * @param schema of the rows
 */
record HiddenFeatures(Schema schema) implements Masking {
  /** Ranges of a number, equally likely where numbers are scaled by quantiles. */
  private static final int RANGES = 32;

  /** Of a row's features. */
  private static final double SHARE = 0.15;

  @Override
  public int vocabulary() {
    return schema.numbers() * RANGES + schema.cardinalities().stream().mapToInt(c -> c).sum();
  }

  @Override
  public Masked hide(Named<HostTensor> sample, RandomGenerator random) {
    int numbers = schema.numbers();
    long[] missing = missing();
    float[] present = numbers == 0 ? new float[0] : sample.get(Features.PRESENT).floats();
    long[] ids = missing.length == 0 ? new long[0] : sample.get(Features.CATEGORIES).longs();
    long[] answers = new long[1 + numbers + missing.length];
    Arrays.fill(answers, -1);
    float[] values = numbers == 0 ? present : sample.get(Features.NUMBERS).floats();
    for (int feature : chosen(present, ids, missing, random)) {
      if (feature < numbers) {
        answers[1 + feature] = (long) feature * RANGES + range(values[feature]);
        present[feature] = 0;
        values[feature] = 0;
      } else {
        int category = feature - numbers;
        answers[1 + feature] = (long) numbers * RANGES + ids[category];
        ids[category] = missing[category];
      }
    }
    return new Masked(inputs(values, present, ids), answers);
  }

  /** Features that are there, each with the same chance, and one of them at least. */
  private static List<Integer> chosen(
      float[] present, long[] ids, long[] missing, RandomGenerator random) {
    List<Integer> there = new ArrayList<>();
    for (int i = 0; i < present.length; i++) {
      if (present[i] > 0) {
        there.add(i);
      }
    }
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] != missing[i]) {
        there.add(present.length + i);
      }
    }
    List<Integer> chosen =
        new ArrayList<>(there.stream().filter(i -> random.nextDouble() < SHARE).toList());
    if (chosen.isEmpty() && !there.isEmpty()) {
      chosen.add(there.get(random.nextInt(there.size())));
    }
    return chosen;
  }

  private static Named<HostTensor> inputs(float[] values, float[] present, long[] ids) {
    Named<HostTensor> inputs = Named.none();
    if (values.length > 0) {
      inputs =
          inputs
              .with(Features.NUMBERS, HostTensor.of(values, values.length))
              .with(Features.PRESENT, HostTensor.of(present, present.length));
    }
    return ids.length == 0
        ? inputs
        : inputs.with(Features.CATEGORIES, HostTensor.of(ids, ids.length));
  }

  /** The ids of blank cells, in the table of all categories. */
  private long[] missing() {
    List<Integer> sizes = schema.cardinalities();
    List<Integer> own = schema.columns().stream().flatMap(c -> c.missing().stream()).toList();
    long[] ids = new long[sizes.size()];
    long offset = 0;
    for (int i = 0; i < ids.length; i++) {
      ids[i] = offset + own.get(i);
      offset += sizes.get(i);
    }
    return ids;
  }

  private static int range(float scaled) {
    double share = Erfc.value(-scaled / Math.sqrt(2)) / 2;
    return Math.min(RANGES - 1, (int) (share * RANGES));
  }
}
