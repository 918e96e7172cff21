package org.pmf4j.onnx;

import java.util.stream.Stream;
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
   * The weight [out, in] of a linear layer in 8-bit integers. Linear layers and parts of its
   * outputs keep these; whatever else uses it gets what they stand for. Several threads may use one
   * at once.
   *
   * @param values INT8 [in, out]
   * @param scales FLOAT32 [out]
   * @param exact null, or what it was before it was rounded: then linear layers compute with that,
   *     and graphs tell how far off the integers would be
   */
  record Quantized(OnnxValue values, OnnxValue scales, Exact exact) implements OnnxValue {
    /** The type of what it stands for. */
    @Override
    public DType dtype() {
      return scales.dtype();
    }

    /** Frees what of it has elements. */
    void close() {
      Stream.of(values, scales, exact == null ? scales : exact.whole())
          .filter(Held.class::isInstance)
          .distinct()
          .forEach(held -> ((Held) held).close());
    }
  }

  /**
   * A weight that was not rounded. Several threads may use one at once.
   *
   * @param whole all of it, by which it is known
   * @param part what is computed with: all of it, or some of its outputs
   */
  record Exact(Held whole, OnnxValue part) {}

  /**
   * A value of the graph that is being traced. For the thread that traces.
   *
   * @param trace the trace that it belongs to
   * @param name of the edge in the graph
   * @param dtype type of its elements
   */
  record Symbol(GraphTrace trace, String name, DType dtype) implements OnnxValue {}
}
