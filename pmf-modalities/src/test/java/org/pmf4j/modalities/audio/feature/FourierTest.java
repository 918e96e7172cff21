package org.pmf4j.modalities.audio.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FourierTest {
  @ParameterizedTest(name = "size {0}")
  @ValueSource(ints = {1, 2, 3, 4, 6, 7, 15, 64, 77, 400, 401, 512})
  void thePowerIsThatOfTheDefinition(int size) {
    System.out.println("seed " + size);
    Random random = new Random(size);
    double[] signal = random.doubles(size, -1, 1).toArray();
    Fourier fourier = new Fourier(size);
    double[] power = new double[size / 2 + 1];
    fourier.power(random.doubles(size).toArray(), power);
    fourier.power(signal, power);
    for (int k = 0; k <= size / 2; k++) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < size; i++) {
        double turn = 2 * Math.PI * ((long) i * k % size) / size;
        re += signal[i] * Math.cos(turn);
        im -= signal[i] * Math.sin(turn);
      }
      // The spectrum is rounded to single precision, which is 6e-8 of its size.
      assertThat(power[k]).isCloseTo(re * re + im * im, within(1e-6 * size));
    }
  }

  @ParameterizedTest(name = "{0} samples in a transform of 16")
  @ValueSource(ints = {0, 1, 9, 16})
  void shorterSignalsGoOnWithZeros(int length) {
    Fourier fourier = new Fourier(16);
    double[] shortOne = new Random(length).doubles(length).toArray();
    double[] longOne = java.util.Arrays.copyOf(shortOne, 16);
    double[] a = new double[9];
    double[] b = new double[9];
    fourier.power(shortOne, a);
    fourier.power(longOne, b);
    assertThat(a).isEqualTo(b);
  }
}
