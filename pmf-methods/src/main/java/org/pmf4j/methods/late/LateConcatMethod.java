package org.pmf4j.methods.late;

import java.util.List;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.FusionPlan;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.parts.EncoderCount;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;

/**
 * Late fusion by concatenation: the baseline LateConcat of Yaowei Li, Ruijie Quan, Linchao Zhu, Yi
 * Yang: <em>Efficient Multimodal Fusion via Interactive Prompting</em>, CVPR 2023. All encoders are
 * fine-tuned with all their weights; their pooled vectors are concatenated and go through one
 * linear layer.
 *
 * <p>Deviations: pooling is each family's own, without BERT's tanh pooler. The paper fuses two
 * encoders, this any number; a modality that a row lacks counts as zeros. Immutable, so that any
 * number of threads may share it.
 */
public final class LateConcatMethod implements FusionMethod {
  @Override
  public String name() {
    return "late-concat";
  }

  @Override
  public String description() {
    return "fine-tuned encoders, a linear layer on their pooled vectors (Li et al., CVPR 2023)";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public FusionPlan plan(Named<EncoderShape> encoders, Settings settings) {
    EncoderCount.requireSeveral(name(), encoders.names());
    return FusionPlan.frozen(encoders.map(EncoderShape::depth)).tuningAll();
  }

  @Override
  public FusionModel build(
      Named<Encoder> encoders, int outputs, Settings settings, Parameters parameters) {
    return LateModel.make(encoders, outputs, parameters);
  }
}
