package org.pmf4j.core.encoder;

import java.util.Optional;
import org.pmf4j.core.encoder.sentence.PoolingMode;

/**
 * How an encoder's last states become one vector, where a user may choose. Immutable, so that any
 * number of threads may share it.
 */
public enum PoolingChoice {
  /** What the checkpoint states beside the encoder, else the family's. */
  STATED(null),
  /** The family's, whatever the checkpoint states. */
  FAMILY(null),
  /** The first token. */
  FIRST(PoolingMode.FIRST),
  /** The last real token. */
  LAST(PoolingMode.LAST),
  /** The mean over all real tokens. */
  MEAN(PoolingMode.MEAN),
  /** The largest value of each dimension over all real tokens. */
  MAX(PoolingMode.MAX),
  /** The sum over all real tokens by the square root of their number. */
  MEAN_SQRT_LEN_TOKENS(PoolingMode.MEAN_SQRT_LEN_TOKENS),
  /** The mean over all real tokens, each of which counts as much as its place, from 1. */
  WEIGHTED_MEAN(PoolingMode.WEIGHTED_MEAN);

  private final PoolingMode mode;

  PoolingChoice(PoolingMode mode) {
    this.mode = mode;
  }

  /** The way that was chosen itself, if one was. */
  Optional<PoolingMode> mode() {
    return Optional.ofNullable(mode);
  }
}
