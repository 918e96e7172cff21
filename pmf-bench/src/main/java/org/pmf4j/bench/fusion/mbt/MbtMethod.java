package org.pmf4j.bench.fusion.mbt;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.Recorder;
import org.pmf4j.api.fusion.Tuning;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.bench.fusion.common.EncoderCount;
import org.pmf4j.bench.fusion.common.MethodSettings;
import org.pmf4j.bench.fusion.common.TrainedLinear;

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
  private static final String BOTTLENECKS = "bottleneck-tokens";
  private static final String LAYERS = "fusion-layers";
  private static final int USUAL_LAYERS = 4;

  @Override
  public String name() {
    return "mbt";
  }

  @Override
  public String description() {
    return "fine-tuned encoders that exchange bottleneck tokens (Nagrani et al., NeurIPS 2021)";
  }

  /** 0 fusion layers stand for 4, or all of the shallowest encoder where it has fewer. */
  @Override
  public Map<String, Object> defaults() {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put(BOTTLENECKS, 4);
    m.put(LAYERS, 0);
    return m;
  }

  @Override
  public Tuning tuning() {
    return Tuning.FULL;
  }

  @Override
  public FusionModel build(
      Named<Encoder> encoders, int outputs, Map<String, Object> settings, Parameters parameters) {
    MethodSettings s = new MethodSettings(name(), settings);
    EncoderCount.requireSeveral(name(), encoders);
    int depth = encoders.asMap().values().stream().mapToInt(Encoder::depth).min().orElseThrow();
    int asked = s.whole(LAYERS, 0, depth);
    int layers = asked == 0 ? Math.min(USUAL_LAYERS, depth) : asked;
    int tokens = s.whole(BOTTLENECKS, 1, 1000);
    int width = encoders.asMap().values().iterator().next().width();
    Recorder made = new Recorder(parameters);
    Parameter bottleneck =
        made.make("fusion.bottleneck", new Parameters.Start.Normal(0.02), tokens, width);
    Map<String, MbtStream> streams = new LinkedHashMap<>();
    encoders.asMap().forEach((m, e) -> streams.put(m, MbtStream.make(m, e, layers, width, made)));
    Map<String, TrainedLinear> heads = new LinkedHashMap<>();
    encoders
        .asMap()
        .forEach((m, e) -> heads.put(m, TrainedLinear.make("head." + m, e.width(), outputs, made)));
    return new MbtModel(layers, bottleneck, Named.of(streams), Named.of(heads), made.made());
  }
}
