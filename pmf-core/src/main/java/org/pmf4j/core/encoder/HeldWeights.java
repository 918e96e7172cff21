package org.pmf4j.core.encoder;

import java.util.Map;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.tensor.Tensor;

/**
 * Weights of an encoder that lie on a backend until they are closed. As safe for threads as the
 * encoder that uses them.
 */
public interface HeldWeights extends AutoCloseable {
  /** Of a borrower, who has none. */
  HeldWeights NONE =
      new HeldWeights() {
        @Override
        public Map<String, Tensor> tensors() {
          return Map.of();
        }

        @Override
        public void close() {}
      };

  /**
   * Those that were asked for so far, by their names in the encoder's files, and the tables that
   * its family made, below {@code constant.}. What is trained is not among them.
   */
  Map<String, Tensor> tensors();

  /** The same, with which the preprocessing of their encoder is freed. */
  default HeldWeights freedWith(Preprocessor preprocessor) {
    HeldWeights own = this;
    return new HeldWeights() {
      @Override
      public Map<String, Tensor> tensors() {
        return own.tensors();
      }

      @Override
      public void close() {
        preprocessor.close();
        own.close();
      }
    };
  }

  @Override
  void close();
}
