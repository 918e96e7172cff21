package org.pmf4j.bench.fusion.late;

import java.util.Map;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.Tuning;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.bench.fusion.common.EncoderCount;

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
  public Map<String, Object> defaults() {
    return Map.of();
  }

  @Override
  public Tuning tuning() {
    return Tuning.FULL;
  }

  @Override
  public FusionModel build(
      Named<Encoder> encoders, int outputs, Map<String, Object> settings, Parameters parameters) {
    EncoderCount.requireSeveral(name(), encoders);
    return LateModel.make(encoders, outputs, parameters);
  }
}
