package org.pmf4j.modalities.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.tensor.Tensor;

/**
 * Swin (Liu et al., 2021) and Swin V2 (Liu et al., 2022): attention in shifted windows, in stages
 * that halve the grid of patches and double their width. The stages before the last belong to the
 * embedding; the layers are the blocks of the last, whose grid is a single window in the usual
 * sizes. The pooled vector is the mean of the patches after a final norm. Immutable, so that any
 * number of threads may share it.
 */
public final class SwinFamily implements EncoderFamily {
  /**
   * Of the norms over patches before the first stage and between stages, whatever is configured.
   */
  private static final double PATCH_EPSILON = 1e-5;

  /** More on a side are no model's. */
  private static final int MOST_PATCHES = 1 << 12;

  private final SwinKind kind;

  private SwinFamily(SwinKind kind) {
    this.kind = kind;
  }

  /** The family {@code swin}. */
  public static SwinFamily one() {
    return new SwinFamily(SwinKind.ONE);
  }

  /** The family {@code swinv2}. */
  public static SwinFamily two() {
    return new SwinFamily(SwinKind.TWO);
  }

  @Override
  public String modelType() {
    return kind.modelType();
  }

  @Override
  public String modality() {
    return "image";
  }

  @Override
  public boolean ignores(String name) {
    String[] leftovers = {
      "classifier.", "decoder.", "embeddings.mask_token", "hidden_states_norms."
    };
    return IgnoredWeights.of(prefix(), leftovers).has(name)
        || name.endsWith(".relative_position_index")
        || name.endsWith(".relative_coords_table");
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    SwinSettings settings = SwinSettings.of(config);
    int last = settings.stages() - 1;
    return Optional.of(new EncoderShape(settings.width(last), settings.depths()[last]));
  }

  @Override
  public Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers) {
    SwinSettings settings = SwinSettings.of(config);
    Patches.Size size = Patches.Size.of(config, 224, 4);
    boolean learned = learnsPositions(config, size);
    if (Math.max(SwinEmbedding.rows(size), SwinEmbedding.columns(size)) > MOST_PATCHES) {
      throw config.wrong(
          "image_size", "at most " + MOST_PATCHES + " patches high and wide", size.imageHeight());
    }
    List<SwinBlocks> blocks = SwinBlocks.of(settings, kind, size);
    int first = settings.width(0);
    Weights w = weights.under("embeddings.");
    Patches patches = Patches.of(size, first, "patch_embeddings.projection", w);
    LayerNorm patchNorm = w.layerNorm("norm", first, PATCH_EPSILON);
    Tensor positions = learned ? w.get("position_embeddings", 1, size.patches(), first) : null;
    List<SwinStage> stages = new ArrayList<>();
    int last = settings.stages() - 1;
    for (int i = 0; i < last; i++) {
      Weights stage = weights.under("encoder.layers." + i + ".");
      PatchMerging merging =
          PatchMerging.of(
              kind,
              blocks.get(i).grid(),
              settings.width(i),
              PATCH_EPSILON,
              stage.under("downsample."));
      stages.add(new SwinStage(blocks.get(i).layers(weights, stage, layers), merging));
    }
    TransformerSpec spec = blocks.get(last).spec();
    return new Transformer(
        spec.width(),
        new SwinEmbedding(patches, patchNorm, positions, stages)::embed,
        blocks.get(last).layers(weights, weights.under("encoder.layers." + last + "."), layers),
        weights.layerNorm("layernorm", spec.width(), spec.epsilon())::apply,
        new Pooling.MeanOfTokens());
  }

  private static boolean learnsPositions(EncoderConfig config, Patches.Size size) {
    boolean full =
        size.rows() == SwinEmbedding.rows(size) && size.columns() == SwinEmbedding.columns(size);
    boolean learned = config.flag("use_absolute_embeddings", false);
    if (learned && !full) {
      throw config.wrong(
          "image_size", "a multiple of patch_size where positions are learned", size.imageHeight());
    }
    return learned;
  }
}
