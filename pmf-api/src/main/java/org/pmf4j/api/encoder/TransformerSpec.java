package org.pmf4j.api.encoder;

import org.pmf4j.api.nn.Activation;

/**
 * What all layers of a transformer share.
 *
 * @param width d, a multiple of {@code heads}
 * @param heads attention heads
 * @param mlpWidth width inside the feed-forward network
 * @param activation its activation
 * @param norm where the norms stand
 * @param epsilon of the norms
 */
public record TransformerSpec(
    int width, int heads, int mlpWidth, Activation activation, Norm norm, double epsilon) {

  /** Where a layer's norms stand. */
  public enum Norm {
    /** Before attention and feed-forward network, as in ViT. */
    PRE,
    /** After each residual sum, as in BERT. */
    POST
  }

  /** Refuses a width that the heads do not divide. */
  public TransformerSpec {
    if (width <= 0 || heads <= 0 || mlpWidth <= 0 || width % heads != 0) {
      throw new IllegalArgumentException(
          "width " + width + " must be a multiple of " + heads + " heads, all above 0");
    }
  }

  /**
   * Names of a layer's parts below its prefix; each has {@code .weight} and {@code .bias}.
   *
   * @param query projection to queries
   * @param key projection to keys
   * @param value projection to values
   * @param output projection of the attention's output
   * @param mlpIn first layer of the feed-forward network
   * @param mlpOut second layer of it
   * @param attentionNorm norm before (PRE) or after (POST) attention
   * @param mlpNorm norm before (PRE) or after (POST) the feed-forward network
   */
  public record Names(
      String query,
      String key,
      String value,
      String output,
      String mlpIn,
      String mlpOut,
      String attentionNorm,
      String mlpNorm) {}
}
