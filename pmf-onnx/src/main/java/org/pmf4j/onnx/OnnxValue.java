package org.pmf4j.onnx;

import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;

/**
 * What stands behind a tensor of a backend whose programs become ONNX graphs. Implementations say
 * how threads may use them.
 */
public sealed interface OnnxValue {

  /** Type of its elements. */
  DType dtype();

  /**
   * Something that has elements already. A graph that uses it has an initializer for it. Two are
   * the same if they are one object. Several threads may use one at once.
   */
  non-sealed interface Held extends OnnxValue {
    /** Its dimensions, all known. */
    Shape shape();

    /** Frees the elements, now or after the last use. */
    void close();
  }

  /**
   * A value of the graph that is being traced. For the thread that traces.
   *
   * @param trace the trace that it belongs to
   * @param name of the edge in the graph
   * @param dtype type of its elements
   */
  record Symbol(GraphTrace trace, String name, DType dtype) implements OnnxValue {}
}
