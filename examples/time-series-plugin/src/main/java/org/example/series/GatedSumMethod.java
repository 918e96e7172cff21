package org.example.series;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.FusionPlan;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.parts.EncoderLayers;
import org.pmf4j.api.fusion.parts.TrainedLinear;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * A gated sum: each modality's pooled vector is brought into a common space and multiplied with a
 * gate of its own, between 0 and 1 in each direction; what remains is added and classified.
 */
public final class GatedSumMethod implements FusionMethod {
  private static final Setting<Integer> WIDTH =
      Setting.whole("width", 64, 1, 10_000, "of the space that the modalities are brought into");

  @Override
  public String name() {
    return "gated-sum";
  }

  @Override
  public String description() {
    return "pooled vectors in a common space, each with a gate, added";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(WIDTH);
  }

  @Override
  public FusionPlan plan(Named<EncoderShape> encoders, Settings settings) {
    return FusionPlan.frozen(encoders.map(shape -> 0));
  }

  @Override
  public FusionModel build(
      Named<Encoder> encoders, int outputs, Settings settings, Parameters parameters) {
    int width = settings.get(WIDTH);
    Map<String, Gate> gates = new LinkedHashMap<>();
    encoders.asMap().forEach((m, e) -> gates.put(m, Gate.make(m, e, width, parameters)));
    TrainedLinear head = TrainedLinear.make("head", width, outputs, parameters);
    return new GatedSum(Named.of(gates), head);
  }

  /**
   * One modality's part of the sum.
   *
   * @param encoder the modality's own
   * @param value into the common space
   * @param gate how much of it goes through
   */
  private record Gate(Encoder encoder, TrainedLinear value, TrainedLinear gate) {
    static Gate make(String modality, Encoder encoder, int width, Parameters parameters) {
      String name = "fusion." + modality + ".";
      return new Gate(
          encoder,
          TrainedLinear.make(name + "value", encoder.width(), width, parameters),
          TrainedLinear.make(name + "gate", encoder.width(), width, parameters));
    }

    /** Tokens that have left the last layer → [B, width]. */
    Tensor of(Tokens last) {
      Tensor pooled = EncoderLayers.pool(encoder, last);
      return value.apply(pooled).tanh().mul(gate.apply(pooled).sigmoid());
    }
  }

  private record GatedSum(Named<Gate> gates, TrainedLinear head) implements FusionModel {
    @Override
    public Tensor logits(Named<Tokens> trunk) {
      Tensor sum = null;
      for (Map.Entry<String, Tokens> there : trunk.asMap().entrySet()) {
        Tensor part = gates.get(there.getKey()).of(there.getValue());
        sum = sum == null ? part : sum.add(part);
      }
      return head.apply(sum);
    }
  }
}
