package org.pmf4j.core.store;

/** IEEE 754 half precision, as the 16 bits of a short. Has no state: any thread may call it. */
public final class HalfPrecision {
  private static final int INFINITE = 0x7c00;
  private static final int QUIET_NAN = 0x7e00;

  /** Moves the exponent from half's bias to single's; a power of 2, so products are exact. */
  private static final float REBIAS = 0x1p112f;

  /** Where single precision's last bit counts as much as half's smallest subnormal. */
  private static final float SUBNORMAL = 0.5f;

  /** 2^16, from which on every value rounds to infinity. */
  private static final int TOO_LARGE = 0x47800000;

  /** 2^-14, half's smallest normal number. */
  private static final int SMALLEST_NORMAL = 0x38800000;

  private HalfPrecision() {}

  /** The value of a half, exactly. */
  public static float toFloat(short half) {
    int magnitude = half & 0x7fff;
    int bits = Float.floatToRawIntBits(Float.intBitsToFloat(magnitude << 13) * REBIAS);
    int special = magnitude >= INFINITE ? 0x7f800000 : 0;
    return Float.intBitsToFloat((half & 0x8000) << 16 | bits | special);
  }

  /** The half nearest to a float, ties going to the even one; too large ones become infinite. */
  public static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int magnitude = bits & 0x7fffffff;
    int half;
    if (magnitude > 0x7f800000) {
      half = QUIET_NAN | (magnitude >> 13 & 0x3ff);
    } else if (magnitude >= TOO_LARGE) {
      half = INFINITE;
    } else if (magnitude < SMALLEST_NORMAL) {
      // The sum's own rounding, to nearest even, leaves the wanted bits at its end
      float sum = Float.intBitsToFloat(magnitude) + SUBNORMAL;
      half = Float.floatToRawIntBits(sum) - Float.floatToRawIntBits(SUBNORMAL);
    } else {
      int odd = magnitude >> 13 & 1;
      half = (magnitude - (112 << 23) + 0xfff + odd) >> 13;
    }
    return (short) (sign | half);
  }
}
