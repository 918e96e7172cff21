package org.pmf4j.modalities.family;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.encoder.WindowGrid;
import org.pmf4j.api.tensor.Tensor;

/**
 * The blocks of one stage, as the configuration alone says.
 *
 * @param kind of Swin
 * @param count how many
 * @param grid of the stage, with the shift of every second block
 * @param spec what they share
 * @param unit the side of the windows by which distances are measured
 * @param biased whether queries, keys and values have biases, as far as the kind leaves that open
 */
record SwinBlocks(
    SwinKind kind, int count, WindowGrid grid, TransformerSpec spec, int unit, boolean biased) {

  /**
   * Those of all stages.
   *
   * @param size of images and patches; what does not fill a patch or a square of four is filled up
   * @throws org.pmf4j.api.error.PmfException naming the key that does not fit
   */
  static List<SwinBlocks> of(SwinSettings settings, SwinKind kind, Patches.Size size) {
    boolean biased = settings.config().flag("qkv_bias", true);
    int rows = SwinEmbedding.rows(size);
    int columns = SwinEmbedding.columns(size);
    List<SwinBlocks> stages = new ArrayList<>();
    for (int i = 0; i < settings.stages(); i++) {
      WindowGrid grid = kind.windows(settings.config(), size.rows() >> i, rows, columns);
      TransformerSpec spec = kind.spec(settings.spec(i, kind.norm()));
      int unit = kind.unit(settings, i, grid.side());
      stages.add(new SwinBlocks(kind, settings.depths()[i], grid, spec, unit, biased));
      rows = (rows + 1) / 2;
      columns = (columns + 1) / 2;
    }
    return stages;
  }

  /**
   * Builds them.
   *
   * @param encoder who holds the tables that blocks share
   * @param stage the weights of the stage
   */
  List<EncoderLayer> layers(Weights encoder, Weights stage, TransformerLayers layers) {
    WindowDistances distances = new WindowDistances(grid.side(), encoder);
    List<EncoderLayer> built = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Weights block = stage.under("blocks." + i + ".");
      List<PositionRule> rules = new ArrayList<>();
      rules.add(kind.bias(this, distances, block));
      if (!grid.isOneWindow()) {
        rules.add(windows(i % 2 == 0 ? grid.withShift(0) : grid, encoder));
      }
      built.add(layers.layer(spec, kind.names(), rules, kind.block(block, biased)));
    }
    return built;
  }

  private static PositionRule windows(WindowGrid grid, Weights encoder) {
    Tensor regions =
        grid.shift() == 0 ? null : encoder.constant("regions of " + grid, grid.regions());
    return new PositionRule.Windows(grid, regions);
  }
}
