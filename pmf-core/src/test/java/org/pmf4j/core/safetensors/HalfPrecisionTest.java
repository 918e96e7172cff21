package org.pmf4j.core.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.pmf4j.core.store.HalfPrecision;

class HalfPrecisionTest {
  @Test
  void everyHalfHasTheValueThatTheStandardGivesIt() {
    for (int h = 0; h < 65536; h++) {
      int exponent = h >> 10 & 31;
      int fraction = h & 1023;
      float magnitude =
          exponent == 0
              ? Math.scalb((float) fraction, -24)
              : Math.scalb(1024f + fraction, exponent - 25);
      if (exponent == 31) {
        magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
      }
      Float expected = h < 32768 ? magnitude : -magnitude;
      assertThat(HalfPrecision.toFloat((short) h)).as("half %04x", h).isEqualTo(expected);
    }
  }

  @Test
  void everyHalfSurvivesTheWayThereAndBack() {
    for (int h = 0; h < 65536; h++) {
      float value = HalfPrecision.toFloat((short) h);
      short back = HalfPrecision.fromFloat(value);
      if (Float.isNaN(value)) {
        assertThat(HalfPrecision.toFloat(back)).isNaN();
      } else {
        assertThat(back).as("half %04x", h).isEqualTo((short) h);
      }
    }
  }

  @Test
  void roundsAsPyTorchDoesAtTiesAndBesideThem() throws IOException {
    byte[] bytes = Resources.bytes("narrowed.bin");
    ByteBuffer cases = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(cases.remaining()).isGreaterThan(10_000);
    while (cases.hasRemaining()) {
      float value = cases.getFloat();
      short half = cases.getShort();
      assertThat(HalfPrecision.fromFloat(value)).as("%a", value).isEqualTo(half);
    }
  }

  @Test
  void keepsNotANumber() {
    assertThat(HalfPrecision.toFloat(HalfPrecision.fromFloat(Float.NaN))).isNaN();
    // A payload in the low bits alone must not turn into infinity
    float payload = Float.intBitsToFloat(0x7f800001);
    assertThat(HalfPrecision.toFloat(HalfPrecision.fromFloat(payload))).isNaN();
  }
}
