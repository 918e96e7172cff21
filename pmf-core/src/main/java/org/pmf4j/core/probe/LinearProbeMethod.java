package org.pmf4j.core.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/** A linear layer on the concatenated pooled vectors of one or more frozen encoders. */
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
  public Map<String, Object> defaults() {
    return Map.of();
  }

  @Override
  public FusionModel build(
      Named<Encoder> encoders, int outputs, Map<String, Object> settings, Parameters parameters) {
    int width = encoders.asMap().values().stream().mapToInt(Encoder::width).sum();
    Parameters.Start start = new Parameters.Start.Uniform(1 / Math.sqrt(width));
    return new Probe(
        encoders,
        parameters.make("head.probe.weight", start, outputs, width),
        parameters.make("head.probe.bias", start, outputs));
  }

  private record Probe(Named<Encoder> encoders, Parameter weight, Parameter bias)
      implements FusionModel {
    @Override
    public List<Parameter> parameters() {
      return List.of(weight, bias);
    }

    @Override
    public int fusionLayers() {
      return 0;
    }

    @Override
    public Tensor logits(Named<Tokens> trunk) {
      List<Tensor> pooled = new ArrayList<>();
      encoders
          .asMap()
          .forEach(
              (m, e) -> {
                Tokens last = trunk.get(m);
                Tensor rows = e.finalNorm(e.pooling().rows(last.states()));
                pooled.add(e.pooling().pool(rows, last.mask()));
              });
      return new Linear(weight.value(), bias.value()).apply(Tensor.concat(1, pooled));
    }
  }
}
