package org.pmf4j.api.encoder;

/**
 * What of an encoder a fusion method plans by. Immutable, so that any number of threads may share
 * it.
 *
 * @param width d of the token states, at least 1
 * @param depth number of layers, at least 1
 * @since API version 2
 */
public record EncoderShape(int width, int depth) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public EncoderShape {
    if (width < 1 || depth < 1) {
      throw new IllegalArgumentException("no encoder is " + width + " wide and " + depth + " deep");
    }
  }

  /** The shape of an encoder that was built. */
  public static EncoderShape of(Encoder encoder) {
    return new EncoderShape(encoder.width(), encoder.depth());
  }
}
