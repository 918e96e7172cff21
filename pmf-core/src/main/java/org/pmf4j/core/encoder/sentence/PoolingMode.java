package org.pmf4j.core.encoder.sentence;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.HostTensor;

/**
 * How states become one vector, of the ways that sentence-transformers knows. Immutable, so that
 * any number of threads may share it.
 */
public enum PoolingMode {
  /** The first token. */
  FIRST("cls", "pooling_mode_cls_token"),
  /** The largest value of each dimension. */
  MAX("max", "pooling_mode_max_tokens"),
  /** The mean over all real tokens. */
  MEAN("mean", "pooling_mode_mean_tokens"),
  /** Their sum by the square root of their number. */
  MEAN_SQRT_LEN_TOKENS("mean_sqrt_len_tokens", "pooling_mode_mean_sqrt_len_tokens"),
  /** The mean in which later tokens count more. */
  WEIGHTED_MEAN("weightedmean", "pooling_mode_weightedmean_tokens"),
  /** The last real token. */
  LAST("lasttoken", "pooling_mode_lasttoken");

  /** More tokens than any encoder takes. */
  private static final int PLACES = 1 << 18;

  private final String word;
  private final String flag;

  PoolingMode(String word, String flag) {
    this.word = word;
    this.flag = flag;
  }

  /** What the library calls it. */
  String word() {
    return word;
  }

  /** The key of its own that older versions of the library write. */
  String flag() {
    return flag;
  }

  static Optional<PoolingMode> named(String word) {
    return Arrays.stream(values()).filter(m -> m.word.equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(PoolingMode::word).toList();
  }

  /**
   * The pooling.
   *
   * @param weights of the encoder, which hold a table where one is needed
   */
  public Pooling pooling(Weights weights) {
    return switch (this) {
      case FIRST -> new Pooling.FirstTokens(1);
      case MAX -> new Pooling.MaxOfTokens();
      case MEAN -> new Pooling.MeanOfTokens();
      case MEAN_SQRT_LEN_TOKENS -> new Pooling.MeanBySquareRoot();
      case WEIGHTED_MEAN -> new Pooling.WeightedMean(weights.constant("pooling.places", places()));
      case LAST -> new Pooling.LastToken();
    };
  }

  private static HostTensor places() {
    float[] places = new float[PLACES];
    for (int i = 0; i < PLACES; i++) {
      places[i] = i;
    }
    return HostTensor.of(places, PLACES);
  }
}
