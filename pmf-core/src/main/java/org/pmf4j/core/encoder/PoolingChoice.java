package org.pmf4j.core.encoder;

import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Pooling;

/**
 * How an encoder's last states become one vector, where a user may choose. Immutable, so that any
 * number of threads may share it.
 */
public enum PoolingChoice {
  /** What the checkpoint states beside the encoder, else the family's. */
  STATED,
  /** The family's, whatever the checkpoint states. */
  FAMILY,
  /** The first token. */
  FIRST,
  /** The mean over all real tokens. */
  MEAN,
  /** The last real token. */
  LAST;

  /**
   * The encoder with its vector made in this way.
   *
   * @param encoder of the family
   */
  Encoder of(Encoder encoder) {
    return switch (this) {
      case STATED, FAMILY -> encoder;
      case FIRST -> new PooledEncoder(encoder, new Pooling.FirstTokens(1));
      case MEAN -> new PooledEncoder(encoder, new Pooling.MeanOfTokens());
      case LAST -> new PooledEncoder(encoder, new Pooling.LastToken());
    };
  }
}
