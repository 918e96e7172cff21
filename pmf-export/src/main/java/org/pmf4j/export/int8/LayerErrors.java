package org.pmf4j.export.int8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.model.Int8Layers;
import org.pmf4j.onnx.OnnxModel;

/**
 * How far off the products of each linear layer are in 8-bit integers. For one thread at a time.
 */
public final class LayerErrors {
  /** By modality and weight, of each batch and use, the squares of the errors. */
  private final Map<Weight, List<Double>> squares = new HashMap<>();

  private final Set<String> modalities;

  /**
   * No errors yet.
   *
   * @param modalities by which weights' names begin in graphs
   */
  public LayerErrors(Set<String> modalities) {
    this.modalities = Set.copyOf(modalities);
  }

  /** A weight in an encoder's files. */
  private record Weight(String modality, String name) {}

  /**
   * A linear layer.
   *
   * @param modality of its encoder
   * @param weight its name in the encoder's files
   * @param error the root of the mean square of its products' errors, as a share of the products
   */
  public record Layer(String modality, String weight, double error) {}

  /** Takes what a measuring graph tells of a batch. */
  public void add(Named<HostTensor> outputs) {
    outputs
        .asMap()
        .forEach(
            (name, value) -> {
              if (name.startsWith(OnnxModel.OBSERVED)) {
                String weight = name.substring(name.indexOf('/', OnnxModel.OBSERVED.length()) + 1);
                double error = value.floats()[0];
                squares.computeIfAbsent(weight(weight), w -> new ArrayList<>()).add(error * error);
              }
            });
  }

  /** Names of modalities may begin alike. */
  private Weight weight(String name) {
    String modality =
        modalities.stream()
            .filter(m -> name.startsWith(m + "."))
            .max(Comparator.comparingInt(String::length))
            .orElseThrow();
    return new Weight(modality, name.substring(modality.length() + 1));
  }

  /** All layers, the worst first. */
  public List<Layer> worstFirst() {
    List<Layer> all = new ArrayList<>();
    squares.forEach(
        (w, each) -> {
          double mean = each.stream().mapToDouble(e -> e).average().orElse(0);
          all.add(new Layer(w.modality(), w.name(), Math.sqrt(mean)));
        });
    all.sort(
        Comparator.comparingDouble(Layer::error)
            .reversed()
            .thenComparing(Layer::modality)
            .thenComparing(Layer::weight));
    return all;
  }

  /** How many layers are further off than that; those that are no number are. */
  public int beyond(double error) {
    return (int) worstFirst().stream().filter(l -> !(l.error() <= error)).count();
  }

  /** The worst layers in single precision, the others in integers. */
  public Int8Layers keeping(int worst) {
    Map<String, Set<String>> kept = new LinkedHashMap<>();
    worstFirst().stream()
        .limit(worst)
        .forEach(
            l -> kept.computeIfAbsent(l.modality(), m -> new LinkedHashSet<>()).add(l.weight()));
    return new Int8Layers(kept);
  }
}
