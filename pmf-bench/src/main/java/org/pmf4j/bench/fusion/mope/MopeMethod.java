package org.pmf4j.bench.fusion.mope;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.Recorder;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.bench.fusion.common.MainModality;
import org.pmf4j.bench.fusion.common.MethodSettings;
import org.pmf4j.bench.fusion.common.TrainedLinear;

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
  private static final String LENGTH = "prompt-length";
  private static final String EXPERTS = "experts";
  private static final String TEMPERATURE = "temperature";
  private static final String MAPPING = "mapping-width";
  private static final String IMPORTANCE = "importance";

  @Override
  public String name() {
    return "mope";
  }

  @Override
  public String description() {
    return "mixtures of prompt experts in a frozen main encoder (Jiang et al., 2024)";
  }

  @Override
  public Map<String, Object> defaults() {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put(MainModality.KEY, MainModality.AUTO);
    m.put(LENGTH, 6);
    m.put(EXPERTS, 4);
    m.put(TEMPERATURE, 0.1);
    m.put(MAPPING, 64);
    m.put(IMPORTANCE, 0.01);
    return m;
  }

  @Override
  public FusionModel build(
      Named<Encoder> encoders, int outputs, Map<String, Object> settings, Parameters parameters) {
    MethodSettings s = new MethodSettings(name(), settings);
    MainModality main = MainModality.of(s, encoders);
    int length = s.whole(LENGTH, 1, 1000);
    int experts = s.whole(EXPERTS, 1, 1000);
    double temperature = s.number(TEMPERATURE, 1e-3, 1e3);
    int hidden = s.whole(MAPPING, 1, 100_000);
    double importance = s.number(IMPORTANCE, 0, 1e3);
    Named<Integer> widths = widths(main, encoders);
    Encoder encoder = encoders.get(main.name());
    int d = encoder.width();
    Recorder made = new Recorder(parameters);
    List<PromptExperts> layers = new ArrayList<>();
    for (int l = 0; l < encoder.depth(); l++) {
      layers.add(PromptExperts.make(l, experts, length, temperature, widths, d, made));
    }
    PromptMapping mapping = PromptMapping.make(widths, hidden, d, made);
    TrainedLinear head = TrainedLinear.make("head." + main.name(), d, outputs, made);
    return new MopeModel(encoders, main, layers, mapping, head, importance, made.made());
  }

  private static Named<Integer> widths(MainModality main, Named<Encoder> encoders) {
    Map<String, Integer> widths = new LinkedHashMap<>();
    main.others().forEach(m -> widths.put(m, encoders.get(m).width()));
    return Named.of(widths);
  }
}
