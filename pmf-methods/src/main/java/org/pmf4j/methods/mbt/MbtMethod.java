package org.pmf4j.methods.mbt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.FusionPlan;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.Parameters.Role;
import org.pmf4j.api.fusion.parts.EncoderCount;
import org.pmf4j.api.fusion.parts.FusionLayers;
import org.pmf4j.api.fusion.parts.TrainedLinear;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;

/**
 * MBT: Arsha Nagrani, Shan Yang, Anurag Arnab, Aren Jansen, Cordelia Schmid, Chen Sun:
 * <em>Attention Bottlenecks for Multimodal Fusion</em>, NeurIPS 2021. In the last layers each
 * modality's layer runs on its tokens and B bottleneck tokens; what comes out at these is averaged
 * over the modalities and enters the next layer of each (equations 8 and 9). The logits of a linear
 * head on each modality's pooled token are averaged. All encoders are fine-tuned.
 *
 * <p>Deviations:
 *
 * <ul>
 *   <li>The encoders may differ in width and depth: fusion layers count from each one's last, and
 *       the bottleneck, which has the first encoder's width, goes through linear layers (one in,
 *       one out, the same in all fusion layers) for a modality of another width.
 *   <li>Each modality has a head of its own, as its space is its own; the paper's is shared.
 *   <li>Pooling is each family's own. Where attention depends on positions, the bottleneck has
 *       none.
 *   <li>Any number of modalities; the mean is over those that a row has.
 * </ul>
 *
 * <p>Immutable, so that any number of threads may share it.
 */
public final class MbtMethod implements FusionMethod {
  private static final int USUAL_LAYERS = 4;

  private static final Setting<Integer> BOTTLENECKS =
      Setting.whole("bottleneck-tokens", 4, 1, 1000, "tokens in the bottleneck");
  private static final Setting<Integer> LAYERS =
      Setting.whole(
          "fusion-layers",
          0,
          0,
          "last layers of each encoder that share the bottleneck; 0 for 4, or all of the shallowest"
              + " encoder where it has fewer");

  @Override
  public String name() {
    return "mbt";
  }

  @Override
  public String description() {
    return "fine-tuned encoders that exchange bottleneck tokens (Nagrani et al., NeurIPS 2021)";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(BOTTLENECKS, LAYERS);
  }

  @Override
  public FusionPlan plan(Named<EncoderShape> encoders, Settings settings) {
    EncoderCount.requireSeveral(name(), encoders.names());
    int layers = FusionLayers.of(LAYERS, settings, encoders, USUAL_LAYERS);
    return FusionPlan.frozen(encoders.map(e -> layers)).tuningAll();
  }

  @Override
  public FusionModel build(
      Named<Encoder> encoders, int outputs, Settings settings, Parameters parameters) {
    int layers = FusionLayers.of(LAYERS, settings, encoders.map(EncoderShape::of), USUAL_LAYERS);
    int tokens = settings.get(BOTTLENECKS);
    int width = encoders.asMap().values().iterator().next().width();
    Parameter bottleneck =
        parameters.make(
            "fusion.bottleneck", Role.PLAIN, new Parameters.Start.Normal(0.02), tokens, width);
    Map<String, MbtStream> streams = new LinkedHashMap<>();
    encoders
        .asMap()
        .forEach((m, e) -> streams.put(m, MbtStream.make(m, e, layers, width, parameters)));
    Map<String, TrainedLinear> heads = new LinkedHashMap<>();
    encoders
        .asMap()
        .forEach(
            (m, e) ->
                heads.put(m, TrainedLinear.make("head." + m, e.width(), outputs, parameters)));
    return new MbtModel(layers, bottleneck, Named.of(streams), Named.of(heads));
  }
}
