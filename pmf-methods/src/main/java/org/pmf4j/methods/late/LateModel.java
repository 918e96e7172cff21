package org.pmf4j.methods.late;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.parts.EncoderLayers;
import org.pmf4j.api.fusion.parts.JoinedLinear;
import org.pmf4j.api.fusion.parts.TrainedLinear;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * Encoders that know nothing of each other, and a linear layer on their pooled vectors.
 *
 * @param encoders by modality
 * @param head over the pooled vectors, one after the other; one that is missing counts as zeros
 */
record LateModel(Named<Encoder> encoders, JoinedLinear head) implements FusionModel {

  static LateModel make(Named<Encoder> encoders, int outputs, Parameters parameters) {
    Named<Integer> widths = encoders.map(Encoder::width);
    int width = JoinedLinear.width(widths);
    TrainedLinear layer = TrainedLinear.make("head.joined", width, outputs, parameters);
    return new LateModel(encoders, new JoinedLinear(widths, layer.weight(), layer.bias()));
  }

  @Override
  public Tensor logits(Named<Tokens> trunk) {
    Map<String, Tensor> pooled = new LinkedHashMap<>();
    trunk
        .asMap()
        .forEach((m, tokens) -> pooled.put(m, EncoderLayers.pooled(encoders.get(m), tokens)));
    return head.apply(Named.of(pooled));
  }
}
