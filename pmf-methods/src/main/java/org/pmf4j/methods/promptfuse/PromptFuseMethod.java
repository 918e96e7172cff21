package org.pmf4j.methods.promptfuse;

import java.util.List;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.FusionPlan;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.Parameters.Role;
import org.pmf4j.api.fusion.parts.MainModality;
import org.pmf4j.api.fusion.parts.Projection;
import org.pmf4j.api.fusion.parts.TrainedLinear;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;

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
  private static final Setting<Integer> LENGTH =
      Setting.whole("prompt-length", 20, 1, 1000, "vectors in the prompt");

  @Override
  public String name() {
    return "prompt-fuse";
  }

  @Override
  public String description() {
    return "prompts at the input of a frozen main encoder (Liang et al., Findings of ACL 2022)";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(MainModality.SETTING, LENGTH);
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
    int width = encoders.get(main.name()).width();
    Parameter prompts =
        parameters.make(
            "fusion.prompts",
            Role.PLAIN,
            new Parameters.Start.Normal(0.02),
            settings.get(LENGTH),
            width);
    Named<Projection> projections =
        main.ofOthers(
            m ->
                Projection.make(
                    "fusion." + m + ".projection", encoders.get(m).width(), width, parameters));
    TrainedLinear head = main.head(encoders, outputs, parameters);
    return new PromptFuseModel(encoders, main, prompts, projections, head);
  }
}
