package org.pmf4j.api.fusion.parts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * A linear layer over the vectors of all modalities, one after the other. A vector that is missing
 * counts as zeros: its columns of the weight take no part and get no gradient. Immutable, so that
 * any number of threads may share it.
 *
 * @param widths by modality, in the order of the columns
 * @param weight [outputs, sum of widths]
 * @param bias [outputs], or null for none
 * @since API version 2
 */
public record JoinedLinear(Named<Integer> widths, Parameter weight, Parameter bias) {

  /** A layer without a bias. */
  public static JoinedLinear withoutBias(Named<Integer> widths, Parameter weight) {
    return new JoinedLinear(widths, weight, null);
  }

  /** The sum of widths. */
  public static int width(Named<Integer> widths) {
    return widths.asMap().values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * Runs it.
   *
   * @param vectors by modality, [B, d], of those that are there: one or more
   * @return [B, outputs]
   */
  public Tensor apply(Named<Tensor> vectors) {
    List<String> there = widths.names().stream().filter(vectors::has).toList();
    Tensor input = Tensor.concat(1, there.stream().map(vectors::get).toList());
    boolean all = there.size() == widths.names().size();
    Tensor used = all ? weight.value() : Tensor.concat(1, columns(vectors));
    return new Linear(used, bias == null ? null : bias.value()).apply(input);
  }

  /** The weight's columns of the vectors that are there. */
  private List<Tensor> columns(Named<Tensor> vectors) {
    List<Tensor> columns = new ArrayList<>();
    int from = 0;
    for (Map.Entry<String, Integer> w : widths.asMap().entrySet()) {
      int to = from + w.getValue();
      if (vectors.has(w.getKey())) {
        columns.add(weight.value().slice(1, from, to));
      }
      from = to;
    }
    return columns;
  }
}
