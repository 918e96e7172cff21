package org.pmf4j.onnx;

import java.util.List;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;

/**
 * What a graph takes. Immutable, so that any number of threads may share it.
 *
 * @param name such as {@code text.input_ids}
 * @param dtype type of its elements
 * @param dims its dimensions, of which some may be open
 */
public record GraphInput(String name, DType dtype, List<Dim> dims) {
  /** Copies the list. */
  public GraphInput {
    dims = List.copyOf(dims);
  }

  /** An input of these dimensions. */
  public static GraphInput of(String name, DType dtype, Dim... dims) {
    return new GraphInput(name, dtype, List.of(dims));
  }

  /** Its shape, {@link Shape#UNKNOWN} where it is open. */
  public Shape shape() {
    return Shape.of(dims.stream().mapToLong(Dim::size).toArray());
  }
}
