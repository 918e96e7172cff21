package org.pmf4j.modalities.audio.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;

class SpectrogramAugmentationTest {
  private static final int FRAMES = 40;
  private static final int BINS = 12;
  private static final float PADDING = 1.25f;

  /** Every value tells its frame and its bin, so that it can be found again. */
  private static Named<HostTensor> spectrogram(int real) {
    float[] values = new float[FRAMES * BINS];
    Arrays.fill(values, PADDING);
    for (int i = 0; i < real * BINS; i++) {
      values[i] = 100 + i;
    }
    return Named.of("input_values", HostTensor.of(values, FRAMES, BINS));
  }

  @Test
  void framesMoveTogetherALittleAndPartsAreHidden() {
    long seed = 8;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Set<Integer> shifts = new HashSet<>();
    boolean hidden = false;
    for (int draw = 0; draw < 300; draw++) {
      int real = draw % 2 == 0 ? 24 : FRAMES;
      HostTensor changed =
          SpectrogramAugmentation.of(spectrogram(real), random).get("input_values");
      assertThat(changed.shape()).isEqualTo(Shape.of(FRAMES, BINS));
      float[] values = changed.floats();
      Set<Integer> seen = new HashSet<>();
      int zeros = 0;
      for (int t = 0; t < FRAMES; t++) {
        for (int b = 0; b < BINS; b++) {
          float x = values[t * BINS + b];
          if (x == 0) {
            zeros++;
          } else if (x != PADDING) {
            int from = ((int) x - 100) / BINS;
            assertThat(((int) x - 100) % BINS).isEqualTo(b);
            if (from > 0) {
              seen.add(t - from);
            }
          }
        }
      }
      assertThat(seen).hasSize(1);
      assertThat(seen.iterator().next())
          .isBetween(-SpectrogramAugmentation.MOST_SHIFT, SpectrogramAugmentation.MOST_SHIFT);
      shifts.addAll(seen);
      hidden |= zeros > 0;
      // A sixth of the bins and a sixth of the frames, and 8 frames that a shift may leave empty.
      assertThat(zeros).isLessThanOrEqualTo(FRAMES * 2 + 6 * BINS + 8 * BINS);
    }
    assertThat(shifts).hasSize(2 * SpectrogramAugmentation.MOST_SHIFT + 1);
    assertThat(hidden).isTrue();
  }

  @Test
  void theSampleItselfIsNotChanged() {
    Named<HostTensor> sample = spectrogram(24);
    SpectrogramAugmentation.of(sample, new Random(1));
    assertThat(sample.get("input_values").floats())
        .isEqualTo(spectrogram(24).get("input_values").floats());
  }

  @Test
  void nothingButPaddingStaysAsItIs() {
    Named<HostTensor> sample = spectrogram(0);
    for (int draw = 0; draw < 50; draw++) {
      assertThat(SpectrogramAugmentation.of(sample, new Random(draw)).get("input_values").floats())
          .isEqualTo(sample.get("input_values").floats());
    }
  }
}
