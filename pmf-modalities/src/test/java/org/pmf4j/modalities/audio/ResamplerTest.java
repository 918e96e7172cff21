package org.pmf4j.modalities.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResamplerTest {
  /** The filter is kept in single precision, as torchaudio keeps it; the reference is in double. */
  private static final double SINGLE_PRECISION = 5e-7;

  static Stream<Arguments> cases() {
    return Clips.cases("resampled")
        .map(c -> Arguments.of(c.get("from").asInt(), c.get("to").asInt(), c));
  }

  @ParameterizedTest(name = "{0} to {1} Hz as torchaudio defines it")
  @MethodSource("cases")
  void resamplesAsDefined(int from, int to, JsonNode c) {
    JsonNode clip =
        Clips.cases("decoded")
            .filter(d -> d.get("clip").asText().equals("pcm_24.wav"))
            .findFirst()
            .orElseThrow();
    float[] input = Clips.expected("decoded", clip.get("offset").asInt(), c.get("inputs").asInt());
    float[] expected =
        Clips.expected("resampled", c.get("offset").asInt(), c.get("outputs").asInt());
    float[] found = resample(from, to, input);
    assertThat(found.length).isEqualTo(expected.length);
    assertThat(Clips.difference(found, expected)).isLessThanOrEqualTo(SINGLE_PRECISION);
  }

  @ParameterizedTest(name = "{0} to {1} Hz in any blocks")
  @CsvSource({"8000, 16000", "44100, 16000", "16000, 11025", "16000, 16000", "1000, 16000"})
  void blocksGiveTheBitsOfTheWhole(int from, int to) {
    long seed = 11L * from + to;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    float[] input = noise(5_000, random);
    float[] whole = resample(from, to, input);
    for (int most : new int[] {1, 7, 100, 3_000}) {
      Resampler resampler = new Resampler(from, to);
      float[] out = {};
      for (int at = 0; at < input.length; ) {
        int end = Math.min(input.length, at + 1 + random.nextInt(most));
        out = joined(out, resampler.push(Arrays.copyOfRange(input, at, end)));
        at = end;
      }
      assertThat(joined(out, resampler.finish())).isEqualTo(whole);
    }
  }

  @ParameterizedTest(name = "a sine of {2} Hz from {0} to {1} Hz")
  @CsvSource({
    "8000, 16000, 440",
    "8000, 16000, 3000",
    "44100, 16000, 1000",
    "44100, 16000, 6000",
    "16000, 44100, 5000",
    "384000, 16000, 100",
    "11025, 16000, 4000"
  })
  void aSineKeepsItsFrequencyAndLevel(int from, int to, double hertz) {
    float[] input = new float[from / 2];
    for (int i = 0; i < input.length; i++) {
      input[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / from));
    }
    float[] out = resample(from, to, input);
    assertThat(out).hasSize(to / 2);
    // Inside, away from the ends; the filter's pass band is flat to a percent up to 3/4 of the
    // band.
    for (int k = to / 10; k < to / 2 - to / 10; k++) {
      double expected = 0.5 * Math.sin(2 * Math.PI * hertz * k / to);
      assertThat((double) out[k]).isCloseTo(expected, within(0.01));
    }
  }

  @Test
  void whatTheNewRateCannotHoldIsFilteredOut() {
    float[] input = new float[48_000];
    for (int i = 0; i < input.length; i++) {
      input[i] = (float) Math.sin(2 * Math.PI * 12_000 * i / 48_000.0);
    }
    float[] out = resample(48_000, 16_000, input);
    float[] inside = Arrays.copyOfRange(out, 100, out.length - 100);
    assertThat(Clips.difference(inside, new float[inside.length])).isLessThan(0.01);
  }

  @Test
  void signalsShorterThanTheFilterAreTakenToBeZeroAround() {
    for (int n = 0; n <= 3; n++) {
      assertThat(resample(8000, 16000, noise(n, new Random(n)))).hasSize(2 * n);
      assertThat(resample(44100, 16000, noise(n, new Random(n)))).hasSize((n * 160 + 440) / 441);
    }
  }

  private static float[] resample(int from, int to, float[] input) {
    Resampler resampler = new Resampler(from, to);
    return joined(resampler.push(input), resampler.finish());
  }

  private static float[] noise(int count, Random random) {
    float[] noise = new float[count];
    for (int i = 0; i < count; i++) {
      noise[i] = random.nextFloat() - 0.5f;
    }
    return noise;
  }

  private static float[] joined(float[] a, float[] b) {
    float[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
