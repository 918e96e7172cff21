package org.pmf4j.methods.mmbt;

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
 * MMBT: Douwe Kiela, Suvrat Bhooshan, Hamed Firooz, Ethan Perez, Davide Testuggine: <em>Supervised
 * Multimodal Bitransformers for Classifying Images and Text</em>, 2019 (arXiv 1909.02950). The
 * other encoders' pooled outputs are projected by a linear layer into the main encoder's space, get
 * segment and position embeddings, and join its tokens at the first layer; all go through all
 * layers, and a linear layer on the main encoder's pooled token classifies. All encoders are
 * fine-tuned.
 *
 * <p>Deviations:
 *
 * <ul>
 *   <li>The other encoders are transformers of any modality instead of a ResNet. In place of its
 *       pooled regions they give their pooled vector and the means of {@code regions} runs of
 *       consecutive tokens, which of a picture are bands; where a sequence may be padded, the
 *       pooled vector alone, so that a row does not depend on the rows beside it.
 *   <li>The sum of projection, segment and position has no norm of its own, and the main encoder's
 *       tokens keep the segment that they have. Where the main encoder's attention depends on
 *       positions, the tokens from elsewhere have none.
 *   <li>All weights are trained from the first step; the paper unfreezes encoders after some
 *       epochs.
 *   <li>Pooling is the main family's own, of its own tokens, without BERT's tanh pooler.
 *   <li>Any number of other modalities, any of which a row may lack; the main one it may not.
 * </ul>
 *
 * <p>Immutable, so that any number of threads may share it.
 */
public final class MmbtMethod implements FusionMethod {
  private static final Setting<Integer> REGIONS =
      Setting.whole(
          "regions", 3, 0, 100, "runs of another modality's tokens whose means enter as tokens");

  @Override
  public String name() {
    return "mmbt";
  }

  @Override
  public String description() {
    return "fine-tuned encoders, the others' outputs as tokens of the main one (Kiela et al., 2019)";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(MainModality.SETTING, REGIONS);
  }

  @Override
  public FusionPlan plan(Named<EncoderShape> encoders, Settings settings) {
    MainModality main = MainModality.of(name(), settings, encoders.names());
    return FusionPlan.frozen(encoders.map(EncoderShape::depth)).requiring(main.name()).tuningAll();
  }

  @Override
  public FusionModel build(
      Named<Encoder> encoders, int outputs, Settings settings, Parameters parameters) {
    MainModality main = MainModality.of(name(), settings, encoders.names());
    int regions = settings.get(REGIONS);
    int width = encoders.get(main.name()).width();
    Named<ProjectedTokens> projected =
        main.ofOthers(m -> ProjectedTokens.make(m, encoders.get(m), regions, width, parameters));
    TrainedLinear head = main.head(encoders, outputs, parameters);
    return new MmbtModel(encoders, main, projected, head);
  }
}
