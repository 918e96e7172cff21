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
 * Fine-tuning of one encoder with a linear layer on its pooled vector, as Jacob Devlin, Ming-Wei
 * Chang, Kenton Lee, Kristina Toutanova: <em>BERT: Pre-training of Deep Bidirectional Transformers
 * for Language Understanding</em>, NAACL 2019, classify sentences: the unimodal baselines of the
 * papers on fusion.
 *
 * <p>Deviations: pooling is the family's own, without BERT's tanh pooler, and there is no dropout.
 * Immutable, so that any number of threads may share it.
 */
public final class UnimodalMethod implements FusionMethod {
  @Override
  public String name() {
    return "unimodal";
  }

  @Override
  public String description() {
    return "one fine-tuned encoder, a linear layer on its pooled vector (Devlin et al., NAACL 2019)";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public FusionPlan plan(Named<EncoderShape> encoders, Settings settings) {
    EncoderCount.requireOne(name(), encoders.names());
    return FusionPlan.frozen(encoders.map(EncoderShape::depth)).tuningAll();
  }

  @Override
  public FusionModel build(
      Named<Encoder> encoders, int outputs, Settings settings, Parameters parameters) {
    return LateModel.make(encoders, outputs, parameters);
  }
}
