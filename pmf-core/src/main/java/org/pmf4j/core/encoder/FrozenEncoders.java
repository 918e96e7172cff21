package org.pmf4j.core.encoder;

/**
 * Where frozen encoders come from: each loaded for who asks, or one that several share. As safe for
 * threads as what implements it.
 */
@FunctionalInterface
public interface FrozenEncoders {
  /**
   * An encoder.
   *
   * @param spec its files, and how it is used
   * @param precision of its matrices
   * @return an encoder which the caller closes
   * @throws org.pmf4j.api.error.PmfException if files are missing, broken or do not fit the
   *     configuration
   */
  LoadedEncoder load(EncoderSpec spec, MatrixPrecision precision);
}
