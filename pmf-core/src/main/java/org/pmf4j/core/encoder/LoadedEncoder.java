package org.pmf4j.core.encoder;

import java.util.List;
import java.util.Set;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;

/**
 * An encoder, ready for use, with the preprocessing that belongs to it. Several threads may use it
 * at once; whoever closes it sees to it that none does.
 *
 * @param spec its files, and how it is used
 * @param encoder the encoder
 * @param preprocessor its preprocessing
 * @param parameters number of its weights
 * @param unused tensors of its files that nothing asked for
 * @param precision of its matrices
 * @param weights with which the preprocessing is freed; those that are somebody's parameters are
 *     not among them
 */
public record LoadedEncoder(
    EncoderSpec spec,
    Encoder encoder,
    Preprocessor preprocessor,
    long parameters,
    List<String> unused,
    MatrixPrecision precision,
    HeldWeights weights)
    implements AutoCloseable {

  /**
   * The same for a borrower, whose closing frees nothing.
   *
   * @return valid until this is closed
   */
  public LoadedEncoder lent() {
    return new LoadedEncoder(
        spec, encoder, preprocessor, parameters, unused, precision, HeldWeights.NONE);
  }

  /** Where it came from. */
  public EncoderDirectory directory() {
    return spec.directory();
  }

  /** Names of linear layers that are in no integers, though others are; else none. */
  public Set<String> keptInFloat() {
    return precision == MatrixPrecision.INT8 ? spec.inFloat() : Set.of();
  }

  /** The kind of data it reads. */
  public Modality modality() {
    return spec.modality();
  }

  @Override
  public void close() {
    weights.close();
  }
}
