package org.pmf4j.core.encoder;

import java.util.List;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;

/**
 * An encoder, ready for use, with the preprocessing that belongs to it. Several threads may use it
 * at once; whoever closes it sees to it that none does.
 *
 * @param directory where it came from
 * @param modality the kind of data it reads
 * @param encoder the encoder
 * @param preprocessor its preprocessing
 * @param parameters number of its weights
 * @param unused tensors of its files that nothing asked for
 * @param precision of its matrices
 * @param resources the weights, unless they are parameters of somebody, and all that must be freed
 */
public record LoadedEncoder(
    EncoderDirectory directory,
    Modality modality,
    Encoder encoder,
    Preprocessor preprocessor,
    long parameters,
    List<String> unused,
    MatrixPrecision precision,
    AutoCloseable resources)
    implements AutoCloseable {

  @Override
  public void close() {
    preprocessor.close();
    try {
      resources.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
