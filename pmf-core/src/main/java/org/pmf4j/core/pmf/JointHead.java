package org.pmf4j.core.pmf;

import java.util.List;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.nn.Activation;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * A network with one hidden layer over the pooled tokens of all modalities, one after the other.
 *
 * @param modalities their order
 * @param inWeight [h, sum of widths]
 * @param inBias [h]
 * @param outWeight [outputs, h]
 * @param outBias [outputs]
 * @param activation of the hidden layer
 */
record JointHead(
    List<String> modalities,
    Parameter inWeight,
    Parameter inBias,
    Parameter outWeight,
    Parameter outBias,
    Activation activation)
    implements Head {

  static JointHead make(Named<Integer> widths, PmfSettings s, int outputs, Parameters parameters) {
    int h = s.headWidth();
    int d = widths.asMap().values().stream().mapToInt(Integer::intValue).sum();
    Parameters.Start first = new Parameters.Start.Uniform(1 / Math.sqrt(d));
    Parameters.Start second = new Parameters.Start.Uniform(1 / Math.sqrt(h));
    return new JointHead(
        List.copyOf(widths.names()),
        parameters.make("head.joint.0.weight", first, h, d),
        parameters.make("head.joint.0.bias", first, h),
        parameters.make("head.joint.1.weight", second, outputs, h),
        parameters.make("head.joint.1.bias", second, outputs),
        s.headActivation());
  }

  @Override
  public Tensor logits(Named<Tensor> pooled) {
    Tensor all = Tensor.concat(1, modalities.stream().map(pooled::get).toList());
    Tensor inner = new Linear(inWeight.value(), inBias.value()).apply(all);
    Tensor hidden = activation.apply(inner);
    return new Linear(outWeight.value(), outBias.value()).apply(hidden);
  }
}
