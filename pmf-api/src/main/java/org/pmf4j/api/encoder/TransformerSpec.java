package org.pmf4j.api.encoder;

import org.pmf4j.api.nn.Activation;

/**
 * What all layers of a transformer share. Immutable, so that any number of threads may share it.
 *
 * @param width d, a multiple of {@code heads}
 * @param heads attention heads
 * @param mlpWidth width inside the feed-forward network
 * @param activation its activation
 * @param mlp its kind
 * @param norm where the norms stand
 * @param epsilon of the norms
 */
public record TransformerSpec(
    int width, int heads, int mlpWidth, Activation activation, Mlp mlp, Norm norm, double epsilon) {

  /** Where a layer's norms stand. */
  public enum Norm {
    /** Before attention and feed-forward network, as in ViT. */
    PRE,
    /** After each residual sum, as in BERT. */
    POST
  }

  /** The kinds of feed-forward networks. */
  public enum Mlp {
    /** out(act(in(x))). */
    PLAIN,
    /**
     * A gated linear unit (Shazeer, 2020): in(x) is twice as wide, and its activated first half is
     * multiplied by its second. With GELU this is GeGLU, with SiLU SwiGLU.
     */
    GATED
  }

  /** A transformer with plain feed-forward networks. */
  public TransformerSpec(
      int width, int heads, int mlpWidth, Activation activation, Norm norm, double epsilon) {
    this(width, heads, mlpWidth, activation, Mlp.PLAIN, norm, epsilon);
  }

  /** Refuses a width that the heads do not divide. */
  public TransformerSpec {
    if (width <= 0 || heads <= 0 || mlpWidth <= 0 || width % heads != 0) {
      throw new IllegalArgumentException(
          "width " + width + " must be a multiple of " + heads + " heads, all above 0");
    }
  }

  /** The same with gated feed-forward networks of some inner width and activation. */
  public TransformerSpec gated(int innerWidth, Activation gate) {
    return new TransformerSpec(width, heads, innerWidth, gate, Mlp.GATED, norm, epsilon);
  }

  /** d/H, the width of one head. */
  public int headWidth() {
    return width / heads;
  }

  /**
   * Names of a layer's parts below its prefix; each has {@code .weight} and, unless its family says
   * otherwise, {@code .bias}. Where query, key and value have one name, that projection makes all
   * three, one after the other.
   *
   * @param query projection to queries
   * @param key projection to keys
   * @param value projection to values
   * @param output projection of the attention's output
   * @param mlpIn first layer of the feed-forward network
   * @param mlpOut second layer of it
   * @param attentionNorm norm before (PRE) or after (POST) attention, or null for none
   * @param mlpNorm norm before (PRE) or after (POST) the feed-forward network
   * @param attentionScale the vector that scales what attention adds, channel by channel (layer
   *     scale; Touvron et al., 2021), or null for none; its name in full
   * @param mlpScale the same for the feed-forward network
   */
  public record Names(
      String query,
      String key,
      String value,
      String output,
      String mlpIn,
      String mlpOut,
      String attentionNorm,
      String mlpNorm,
      String attentionScale,
      String mlpScale) {

    /** Names of a layer without layer scale. */
    public Names(
        String query,
        String key,
        String value,
        String output,
        String mlpIn,
        String mlpOut,
        String attentionNorm,
        String mlpNorm) {
      this(query, key, value, output, mlpIn, mlpOut, attentionNorm, mlpNorm, null, null);
    }

    /** The same with layer scale. */
    public Names scaledBy(String attention, String mlp) {
      return new Names(
          query, key, value, output, mlpIn, mlpOut, attentionNorm, mlpNorm, attention, mlp);
    }

    /** The same without a norm at the attention, as some families have in their first layer. */
    public Names withoutAttentionNorm() {
      return new Names(
          query, key, value, output, mlpIn, mlpOut, null, mlpNorm, attentionScale, mlpScale);
    }
  }
}
