package org.pmf4j.api.encoder;

import org.pmf4j.api.nn.Activation;

/**
 * What all layers of a transformer share. Immutable, so that any number of threads may share it.
 *
 * @param width d
 * @param heads attention heads H
 * @param mlpWidth width inside the feed-forward network
 * @param activation its activation
 * @param mlp its kind
 * @param norm where the norms stand
 * @param epsilon of the norms
 * @param normKind what the norms are
 * @param keyValueHeads heads of keys and values, each for H / keyValueHeads heads of queries, one
 *     after the other: H in multi-head attention, fewer in grouped-query attention (Ainslie et al.,
 *     2023), 1 in multi-query attention
 * @param headWidth of one head; the heads together need not be d wide
 * @param softmaxScale what q·k is multiplied by before the softmax
 */
public record TransformerSpec(
    int width,
    int heads,
    int mlpWidth,
    Activation activation,
    Mlp mlp,
    Norm norm,
    double epsilon,
    NormKind normKind,
    int keyValueHeads,
    int headWidth,
    double softmaxScale) {

  /** Where a layer's norms stand. */
  public enum Norm {
    /** Before attention and feed-forward network, as in ViT. */
    PRE,
    /** After each residual sum, as in BERT. */
    POST,
    /**
     * Over what attention and feed-forward network add, before the residual sum (res-post-norm), as
     * in Swin V2.
     *
     * @since API version 2
     */
    RES_POST
  }

  /**
   * What a layer's norms are.
   *
   * @since API version 2
   */
  public enum NormKind {
    /** {@link org.pmf4j.api.nn.LayerNorm}, with {@code .weight} and {@code .bias}. */
    LAYER_NORM,
    /** {@link org.pmf4j.api.nn.RmsNorm}, with {@code .weight} alone. */
    RMS_NORM
  }

  /** The kinds of feed-forward networks. */
  public enum Mlp {
    /** out(act(in(x))). */
    PLAIN,
    /**
     * A gated linear unit (Shazeer, 2020): in(x) is twice as wide, and its activated first half is
     * multiplied by its second; or, where {@link Names#mlpGate} is there, act(gate(x)) is
     * multiplied by in(x). With GELU this is GeGLU, with SiLU SwiGLU.
     */
    GATED
  }

  /** Refuses numbers that no transformer has. */
  public TransformerSpec {
    if (width <= 0 || heads <= 0 || mlpWidth <= 0 || headWidth <= 0) {
      throw new IllegalArgumentException(
          "width " + width + ", heads " + heads + " and their width must be above 0");
    }
    if (keyValueHeads <= 0 || heads % keyValueHeads != 0) {
      throw new IllegalArgumentException(
          heads + " heads must be a multiple of " + keyValueHeads + " key-value heads, above 0");
    }
  }

  /**
   * A transformer whose heads are d / H wide, with as many keys and values, and scores over the
   * root of that width.
   *
   * @throws IllegalArgumentException for a width that the heads do not divide
   */
  public TransformerSpec(
      int width,
      int heads,
      int mlpWidth,
      Activation activation,
      Mlp mlp,
      Norm norm,
      double epsilon) {
    this(
        width,
        heads,
        mlpWidth,
        activation,
        mlp,
        norm,
        epsilon,
        NormKind.LAYER_NORM,
        heads,
        share(width, heads),
        1 / Math.sqrt(share(width, heads)));
  }

  /** The same with plain feed-forward networks. */
  public TransformerSpec(
      int width, int heads, int mlpWidth, Activation activation, Norm norm, double epsilon) {
    this(width, heads, mlpWidth, activation, Mlp.PLAIN, norm, epsilon);
  }

  private static int share(int width, int heads) {
    if (width <= 0 || heads <= 0 || width % heads != 0) {
      throw new IllegalArgumentException(
          "width " + width + " must be a multiple of " + heads + " heads, all above 0");
    }
    return width / heads;
  }

  /** The same with gated feed-forward networks of some inner width and activation. */
  public TransformerSpec gated(int innerWidth, Activation gate) {
    return new TransformerSpec(
        width,
        heads,
        innerWidth,
        gate,
        Mlp.GATED,
        norm,
        epsilon,
        normKind,
        keyValueHeads,
        headWidth,
        softmaxScale);
  }

  /** The same with norms of another kind. */
  public TransformerSpec withNorms(NormKind kind) {
    return new TransformerSpec(
        width,
        heads,
        mlpWidth,
        activation,
        mlp,
        norm,
        epsilon,
        kind,
        keyValueHeads,
        headWidth,
        softmaxScale);
  }

  /**
   * The same with attention of another shape.
   *
   * @param sharedHeads heads of keys and values
   * @param eachWidth of one head
   * @param scale of scores, such as 1 / √{@code eachWidth}
   */
  public TransformerSpec withAttention(int sharedHeads, int eachWidth, double scale) {
    return new TransformerSpec(
        width,
        heads,
        mlpWidth,
        activation,
        mlp,
        norm,
        epsilon,
        normKind,
        sharedHeads,
        eachWidth,
        scale);
  }

  /** The same whose scores are multiplied by another number. */
  public TransformerSpec withSoftmaxScale(double scale) {
    return withAttention(keyValueHeads, headWidth, scale);
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
   * @param mlpIn first layer of the feed-forward network; of a gated one with a gate of its own the
   *     layer that is multiplied (up)
   * @param mlpOut second layer of it (down)
   * @param attentionNorm norm before (PRE) or after (POST, RES_POST) attention, or null for none
   * @param mlpNorm norm before (PRE) or after (POST, RES_POST) the feed-forward network
   * @param attentionScale the vector that scales what attention adds, channel by channel (layer
   *     scale; Touvron et al., 2021), or null for none; its name in full
   * @param mlpScale the same for the feed-forward network
   * @param mlpGate the layer whose activated output gates, or null where {@code mlpIn} makes both
   * @param queryNorm norm over each head of the queries before positions turn them, or null for
   *     none
   * @param keyNorm the same of the keys
   * @param logitScale the logarithms of what each head multiplies its scores by, [H, 1, 1], of
   *     which those above ln 100 count as that, where scores are cosines of queries and keys
   *     (scaled cosine attention; Liu et al., 2022); its name in full, or null where scores are
   *     products. {@link TransformerSpec#softmaxScale} multiplies them besides
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
      String mlpScale,
      String mlpGate,
      String queryNorm,
      String keyNorm,
      String logitScale) {

    /** Names of a layer without a gate or norms of queries and keys. */
    public Names(
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
      this(
          query,
          key,
          value,
          output,
          mlpIn,
          mlpOut,
          attentionNorm,
          mlpNorm,
          attentionScale,
          mlpScale,
          null,
          null,
          null,
          null);
    }

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
      return with(attentionNorm, attention, mlp, mlpGate, queryNorm, keyNorm, logitScale);
    }

    /** The same without a norm at the attention, as some families have in their first layer. */
    public Names withoutAttentionNorm() {
      return with(null, attentionScale, mlpScale, mlpGate, queryNorm, keyNorm, logitScale);
    }

    /** The same with a layer of its own for the gate. */
    public Names gatedBy(String gate) {
      return with(attentionNorm, attentionScale, mlpScale, gate, queryNorm, keyNorm, logitScale);
    }

    /** The same with norms of queries and keys. */
    public Names withHeadNorms(String ofQueries, String ofKeys) {
      return with(attentionNorm, attentionScale, mlpScale, mlpGate, ofQueries, ofKeys, logitScale);
    }

    /**
     * The same with cosines of queries and keys for scores.
     *
     * @param scale of each head, as {@link #logitScale}
     */
    public Names withCosines(String scale) {
      return with(attentionNorm, attentionScale, mlpScale, mlpGate, queryNorm, keyNorm, scale);
    }

    private Names with(
        String before,
        String attention,
        String mlp,
        String gate,
        String ofQueries,
        String ofKeys,
        String scale) {
      return new Names(
          query, key, value, output, mlpIn, mlpOut, before, mlpNorm, attention, mlp, gate,
          ofQueries, ofKeys, scale);
    }
  }
}
