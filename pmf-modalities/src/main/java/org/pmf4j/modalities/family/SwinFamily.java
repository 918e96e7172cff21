package org.pmf4j.modalities.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.encoder.WindowGrid;
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
    int rows = SwinEmbedding.rows(size);
    int columns = SwinEmbedding.columns(size);
    if (Math.max(rows, columns) > MOST_PATCHES) {
      throw config.wrong(
          "image_size", "at most " + MOST_PATCHES + " patches high and wide", size.imageHeight());
    }
    Patches patches =
        Patches.of(size, settings.width(0), "embeddings.patch_embeddings.projection", weights);
    LayerNorm patchNorm = weights.layerNorm("embeddings.norm", settings.width(0), PATCH_EPSILON);
    Tensor positions = positions(settings, size, weights);
    List<SwinStage> stages = new ArrayList<>();
    int last = settings.stages() - 1;
    for (int i = 0; i < last; i++) {
      WindowGrid grid = kind.windows(config, size.rows() >> i, rows, columns);
      Weights w = weights.under("encoder.layers." + i + ".downsample.");
      stages.add(
          new SwinStage(
              blocks(settings, i, grid, weights, layers),
              PatchMerging.of(kind, grid, settings.width(i), PATCH_EPSILON, w)));
      rows = (rows + 1) / 2;
      columns = (columns + 1) / 2;
    }
    WindowGrid grid = kind.windows(config, size.rows() >> last, rows, columns);
    int d = settings.width(last);
    LayerNorm norm = weights.layerNorm("layernorm", d, settings.spec(last, kind.norm()).epsilon());
    return new Transformer(
        d,
        new SwinEmbedding(patches, patchNorm, positions, stages)::embed,
        blocks(settings, last, grid, weights, layers),
        norm::apply,
        new Pooling.MeanOfTokens());
  }

  private Tensor positions(SwinSettings settings, Patches.Size size, Weights weights) {
    EncoderConfig config = settings.config();
    if (!config.flag("use_absolute_embeddings", false)) {
      return null;
    }
    if (size.rows() != SwinEmbedding.rows(size) || size.columns() != SwinEmbedding.columns(size)) {
      throw config.wrong(
          "image_size", "a multiple of patch_size where positions are learned", size.imageHeight());
    }
    return weights.get("embeddings.position_embeddings", 1, size.patches(), settings.width(0));
  }

  /**
   * The blocks of a stage.
   *
   * @param grid with the shift of every second block
   */
  private List<EncoderLayer> blocks(
      SwinSettings settings,
      int stage,
      WindowGrid grid,
      Weights weights,
      TransformerLayers layers) {
    TransformerSpec spec = kind.spec(settings.spec(stage, kind.norm()));
    boolean bias = settings.config().flag("qkv_bias", true);
    WindowDistances distances = new WindowDistances(grid.side(), weights);
    List<EncoderLayer> blocks = new ArrayList<>();
    for (int i = 0; i < settings.depths()[stage]; i++) {
      Weights block = weights.under("encoder.layers." + stage + ".blocks." + i + ".");
      List<PositionRule> rules = new ArrayList<>();
      rules.add(kind.bias(settings, stage, distances, block));
      if (!grid.isOneWindow()) {
        rules.add(windows(i % 2 == 0 ? grid.withShift(0) : grid, weights));
      }
      blocks.add(layers.layer(spec, kind.names(), rules, kind.block(block, bias)));
    }
    return blocks;
  }

  private static PositionRule windows(WindowGrid grid, Weights weights) {
    Tensor regions =
        grid.shift() == 0 ? null : weights.constant("regions of " + grid, grid.regions());
    return new PositionRule.Windows(grid, regions);
  }
}
