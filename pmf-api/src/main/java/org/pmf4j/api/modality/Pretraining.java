package org.pmf4j.api.modality;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/**
 * How a modality's encoders are trained from scratch: what the host needs beyond its trainer.
 * Implementations have no state that changes: several threads may use one at once.
 */
public interface Pretraining {
  /** The {@code model_type} of the encoders that {@link #initialize} writes. */
  String modelType();

  /**
   * Writes what an encoder's directory holds besides weights: {@code config.json} and the files of
   * the preprocessing, a vocabulary made from {@code corpus} included.
   *
   * @param directory an existing folder
   * @param sizes of the encoder
   * @param corpus all training values
   */
  void initialize(Path directory, Sizes sizes, List<Source> corpus);

  /**
   * A prepared sample changed at random in a way that keeps its meaning; itself if there is none.
   */
  Named<HostTensor> augment(Named<HostTensor> sample, RandomGenerator random);

  /** Masked-token training, where the modality has tokens to guess. */
  default Optional<MaskedTokens> maskedTokens() {
    return Optional.empty();
  }

  /**
   * Masked-feature training, where each token of a sample is a feature whose value can be guessed.
   *
   * @since API version 2
   */
  default Optional<MaskedFeatures> maskedFeatures() {
    return Optional.empty();
  }

  /**
   * Sizes of a new encoder.
   *
   * @param width of the token states
   * @param depth layers
   * @param heads attention heads
   * @param extra settings of the modality, such as {@code image-size} and {@code patch-size};
   *     unknown ones are refused
   */
  record Sizes(int width, int depth, int heads, Map<String, Integer> extra) {}

  /**
   * How features are hidden and what is guessed of them.
   *
   * @since API version 2
   */
  interface MaskedFeatures {
    /**
     * The features of an initialized directory.
     *
     * @param directory the encoder's
     */
    Masking of(Path directory);

    /** The features of one encoder. Several threads may use it at once. */
    interface Masking {
      /** How many values there are to guess, those of all features together. */
      int vocabulary();

      /**
       * Hides some features of a sample, one at least where there is one.
       *
       * @param sample as the preprocessor makes it
       */
      Masked hide(Named<HostTensor> sample, RandomGenerator random);
    }

    /**
     * A sample with hidden features.
     *
     * @param sample what the encoder sees
     * @param answers by token, the value among all of the vocabulary, or −1 where nothing is to be
     *     guessed
     */
    record Masked(Named<HostTensor> sample, long[] answers) {}
  }

  /** What masked-token training must know of a tokenizer. */
  interface MaskedTokens {
    /** The input that holds token ids, INT64 [N]. */
    String input();

    /**
     * The vocabulary of an initialized directory.
     *
     * @param directory the encoder's
     */
    Vocabulary vocabulary(Path directory);

    /**
     * A vocabulary.
     *
     * @param size number of ids
     * @param mask the id that hides a token
     * @param special ids never hidden
     */
    record Vocabulary(int size, int mask, List<Integer> special) {}
  }
}
