package org.pmf4j.modalities.tabular;

import java.util.Optional;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/**
 * The features of one row, filled in by its columns one after the other: {@code numbers} FLOAT32
 * [K], {@code present} FLOAT32 [K], which is 1 where there is a number, and {@code categories}
 * INT64 [C], rows of the table of all categories. What there is none of is not there. For one
 * thread at a time.
 */
final class Features {
  static final String NUMBERS = "numbers";
  static final String PRESENT = "present";
  static final String CATEGORIES = "categories";

  private final float[] numbers;
  private final float[] present;
  private final long[] categories;
  private int numbersSoFar;
  private int categoriesSoFar;
  private long idsSoFar;

  Features(int numbers, int categories) {
    this.numbers = new float[numbers];
    this.present = new float[numbers];
    this.categories = new long[categories];
  }

  /** Adds a number. */
  void number(Optional<Float> scaled) {
    numbers[numbersSoFar] = scaled.orElse(0f);
    present[numbersSoFar++] = scaled.isPresent() ? 1 : 0;
  }

  /**
   * Adds a category.
   *
   * @param id from 0 on
   * @param count how many ids this category has
   */
  void category(int id, int count) {
    categories[categoriesSoFar++] = idsSoFar + id;
    idsSoFar += count;
  }

  /** The inputs of the encoder. */
  Named<HostTensor> inputs() {
    Named<HostTensor> inputs = Named.none();
    if (numbers.length > 0) {
      inputs =
          inputs
              .with(NUMBERS, HostTensor.of(numbers, numbers.length))
              .with(PRESENT, HostTensor.of(present, present.length));
    }
    return categories.length == 0
        ? inputs
        : inputs.with(CATEGORIES, HostTensor.of(categories, categories.length));
  }
}
