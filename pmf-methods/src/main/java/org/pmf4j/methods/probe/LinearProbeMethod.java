package org.pmf4j.methods.probe;

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
import org.pmf4j.api.fusion.parts.JoinedLinear;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * A linear layer on the concatenated pooled vectors of one or more frozen encoders; a vector that
 * is missing counts as zeros. Immutable, so that any number of threads may share it.
 */
public final class LinearProbeMethod implements FusionMethod {
  @Override
  public String name() {
    return "linear-probe";
  }

  @Override
  public String description() {
    return "a linear layer on the pooled vectors of frozen encoders, one or more";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public FusionPlan plan(Named<EncoderShape> encoders, Settings settings) {
    return FusionPlan.frozen(encoders.map(shape -> 0));
  }

  @Override
  public FusionModel build(
      Named<Encoder> encoders, int outputs, Settings settings, Parameters parameters) {
    Named<Integer> widths = encoders.map(Encoder::width);
    int width = JoinedLinear.width(widths);
    Parameters.Start start = new Parameters.Start.Uniform(1 / Math.sqrt(width));
    return new Probe(
        encoders,
        new JoinedLinear(
            widths,
            parameters.make("head.probe.weight", Parameters.Role.DECAYED, start, outputs, width),
            parameters.make("head.probe.bias", Parameters.Role.PLAIN, start, outputs)));
  }

  private record Probe(Named<Encoder> encoders, JoinedLinear layer) implements FusionModel {
    @Override
    public Tensor logits(Named<Tokens> trunk) {
      Map<String, Tensor> pooled = new LinkedHashMap<>();
      trunk
          .asMap()
          .forEach(
              (m, last) -> {
                Encoder e = encoders.get(m);
                Tensor rows = e.finalNorm(e.pooling().rows(last.states()));
                pooled.put(m, e.pooling().pool(rows, last.mask()));
              });
      return layer.apply(Named.of(pooled));
    }
  }
}
