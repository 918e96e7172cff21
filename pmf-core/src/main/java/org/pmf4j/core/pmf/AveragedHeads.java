package org.pmf4j.core.pmf;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.Parameters.Role;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * A linear head for each modality; the logits of those that are there are averaged.
 *
 * @param weights by modality, [outputs, d]
 * @param biases by modality, [outputs]
 */
record AveragedHeads(Named<Parameter> weights, Named<Parameter> biases) implements Head {

  static AveragedHeads make(Named<Integer> widths, int outputs, Parameters parameters) {
    Map<String, Parameter> weights = new LinkedHashMap<>();
    Map<String, Parameter> biases = new LinkedHashMap<>();
    widths
        .asMap()
        .forEach(
            (m, d) -> {
              Parameters.Start start = new Parameters.Start.Uniform(1 / Math.sqrt(d));
              weights.put(
                  m, parameters.make("head." + m + ".weight", Role.DECAYED, start, outputs, d));
              biases.put(m, parameters.make("head." + m + ".bias", Role.PLAIN, start, outputs));
            });
    return new AveragedHeads(Named.of(weights), Named.of(biases));
  }

  @Override
  public Tensor logits(Named<Tensor> pooled) {
    Tensor sum = null;
    for (String m : pooled.names()) {
      Linear head = new Linear(weights.get(m).value(), biases.get(m).value());
      Tensor logits = head.apply(pooled.get(m));
      sum = sum == null ? logits : sum.add(logits);
    }
    return sum.mul(1.0 / pooled.names().size());
  }
}
