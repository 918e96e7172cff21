package org.pmf4j.bench.fusion.promptfuse;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.Recorder;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.bench.fusion.common.Bridge;
import org.pmf4j.bench.fusion.common.MainModality;
import org.pmf4j.bench.fusion.common.MethodSettings;
import org.pmf4j.bench.fusion.common.TrainedLinear;

/**
 * PromptFuse: Sheng Liang, Mengjie Zhao, Hinrich Schütze: <em>Modular and Parameter-Efficient
 * Multimodal Fusion with Prompting</em>, Findings of ACL 2022. All encoders are frozen. The other
 * encoders' outputs and N trained prompts enter the main encoder beside its tokens and go through
 * all of its layers.
 *
 * <p>Deviations:
 *
 * <ul>
 *   <li>A linear layer on the main encoder's pooled token classifies, and is trained. The paper
 *       lets a language model fill a verbalizer's words in, so that the prompts alone are trained.
 *   <li>Of another encoder its pooled vector enters, through a linear layer (trained) where the
 *       widths differ; the paper's encoders have the language model's width.
 *   <li>Prompts start at N(0, 0.02). Companions of the main tokens have no position.
 *   <li>The paper's BlindPrompt, whose prompts see the other modality alone, is not here.
 *   <li>Any number of other modalities, any of which a row may lack; the main one it may not.
 * </ul>
 *
 * <p>Immutable, so that any number of threads may share it.
 */
public final class PromptFuseMethod implements FusionMethod {
  private static final String LENGTH = "prompt-length";

  @Override
  public String name() {
    return "prompt-fuse";
  }

  @Override
  public String description() {
    return "prompts at the input of a frozen main encoder (Liang et al., Findings of ACL 2022)";
  }

  @Override
  public Map<String, Object> defaults() {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put(MainModality.KEY, MainModality.AUTO);
    m.put(LENGTH, 20);
    return m;
  }

  @Override
  public FusionModel build(
      Named<Encoder> encoders, int outputs, Map<String, Object> settings, Parameters parameters) {
    MethodSettings s = new MethodSettings(name(), settings);
    MainModality main = MainModality.of(s, encoders);
    int length = s.whole(LENGTH, 1, 1000);
    int width = encoders.get(main.name()).width();
    Recorder made = new Recorder(parameters);
    Parameter prompts =
        made.make("fusion.prompts", new Parameters.Start.Normal(0.02), length, width);
    Map<String, Bridge> bridges = new LinkedHashMap<>();
    main.others()
        .forEach(
            m -> {
              String name = "fusion." + m + ".projection";
              bridges.put(m, Bridge.make(name, encoders.get(m).width(), width, made));
            });
    TrainedLinear head = TrainedLinear.make("head." + main.name(), width, outputs, made);
    return new PromptFuseModel(encoders, main, prompts, Named.of(bridges), head, made.made());
  }
}
