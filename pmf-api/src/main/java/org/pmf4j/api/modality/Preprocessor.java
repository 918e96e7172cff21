package org.pmf4j.api.modality;

import java.util.List;
import java.util.Optional;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/** Turns raw values into an encoder's inputs. Several threads may prepare at once. */
public interface Preprocessor extends AutoCloseable {
  /**
   * Reads and prepares one sample: the same source always gives the same bits.
   *
   * @return inputs under their Hugging Face names, without a batch dimension and without padding,
   *     such as {@code pixel_values} [C, H, W] or {@code input_ids} [N]
   * @throws org.pmf4j.api.error.PmfException naming the source, if it cannot be read
   */
  Named<HostTensor> prepare(Source source);

  /**
   * Puts samples into one batch, padding to the longest.
   *
   * @return inputs with a leading batch dimension; where padding can occur, {@code attention_mask}
   *     INT64 [B, N] is 1 at real tokens
   */
  Named<HostTensor> collate(List<Named<HostTensor>> samples);

  /** Length of a prepared sample, for putting samples of similar length together. */
  int length(Named<HostTensor> sample);

  /**
   * How long a sample may be, where preparing cuts what is longer, so that the host can tell how
   * many were.
   *
   * @since API version 2
   */
  default Optional<LengthLimit> lengthLimit() {
    return Optional.empty();
  }

  /**
   * How many tokens at the beginning of each sample stand for words that preparing sets before it,
   * as a prompt, special tokens before them included; 0 where there are none. A checkpoint may ask
   * to leave them out of the pooled vector.
   *
   * @since API version 2
   */
  default int promptTokens() {
    return 0;
  }

  /** Changes with everything that changes what {@link #prepare} returns: settings and versions. */
  String fingerprint();

  /** Frees native resources. */
  @Override
  void close();
}
