package org.pmf4j.methods.mope;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.FusionPlan;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.parts.MainModality;
import org.pmf4j.api.fusion.parts.TrainedLinear;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;

/**
 * MoPE: Ruixiang Jiang, Lingbo Liu, Changwen Chen: <em>MoPE: Parameter-Efficient and Scalable
 * Multimodal Fusion via Mixture of Prompt Experts</em>, 2024 (arXiv 2403.10568). All encoders are
 * frozen. The others are run whole, and ψ are their pooled vectors, joined. Each layer of the main
 * encoder gets three kinds of prompt, whose outputs are dropped after it: static ones, dynamic ones
 * – a mixture of k experts, by a softmax of W ψ over a temperature – and one mapped from ψ by a
 * small network that all layers share. A linear layer on the main encoder's pooled token
 * classifies. A penalty keeps the experts in use: {@link MopeModel#penalty}.
 *
 * <p>Deviations:
 *
 * <ul>
 *   <li>No noise is added to the routing scores in training, so that a run can be repeated.
 *   <li>Experts are routed by ψ alone; routing by the main encoder's own states is not here.
 *   <li>Prompts start at N(0, 0.02), as PMF's do, where the authors' code draws from ±0.3.
 *   <li>Prompts have no position, where the main encoder's attention depends on positions.
 *   <li>Any number of other modalities. One that a row lacks counts as zeros in ψ; a row that has
 *       none of them gets static prompts alone. The main one it may not lack.
 * </ul>
 *
 * <p>Immutable, so that any number of threads may share it.
 */
public final class MopeMethod implements FusionMethod {
  static final Setting<Integer> LENGTH =
      Setting.whole("prompt-length", 6, 1, 1000, "vectors in each kind of prompt");
  static final Setting<Integer> EXPERTS =
      Setting.whole("experts", 4, 1, 1000, "prompts that are mixed in each layer");
  static final Setting<Double> TEMPERATURE =
      Setting.real("temperature", 0.1, 1e-3, 1e3, "by which an expert's scores are divided");
  private static final Setting<Integer> MAPPING =
      Setting.whole("mapping-width", 64, 1, 100_000, "hidden width of the mapping");
  private static final Setting<Double> IMPORTANCE =
      Setting.real("importance", 0.01, 0, 1e3, "weight of the penalty on unused experts");

  @Override
  public String name() {
    return "mope";
  }

  @Override
  public String description() {
    return "mixtures of prompt experts in a frozen main encoder (Jiang et al., 2024)";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(MainModality.SETTING, LENGTH, EXPERTS, TEMPERATURE, MAPPING, IMPORTANCE);
  }

  /** The main trunk is its embedding; the others' is the whole encoder. */
  @Override
  public FusionPlan plan(Named<EncoderShape> encoders, Settings settings) {
    MainModality main = MainModality.of(name(), settings, encoders.names());
    return FusionPlan.frozen(main.alone(encoders.map(EncoderShape::depth), 0))
        .requiring(main.name());
  }

  @Override
  public FusionModel build(
      Named<Encoder> encoders, int outputs, Settings settings, Parameters parameters) {
    MainModality main = MainModality.of(name(), settings, encoders.names());
    Named<Integer> widths = main.ofOthers(m -> encoders.get(m).width());
    Encoder encoder = encoders.get(main.name());
    int d = encoder.width();
    List<PromptExperts> layers = new ArrayList<>();
    for (int l = 0; l < encoder.depth(); l++) {
      layers.add(PromptExperts.make(l, settings, widths, d, parameters));
    }
    PromptMapping mapping = PromptMapping.make(widths, settings.get(MAPPING), d, parameters);
    TrainedLinear head = main.head(encoders, outputs, parameters);
    return new MopeModel(encoders, main, layers, mapping, head, settings.get(IMPORTANCE));
  }
}
