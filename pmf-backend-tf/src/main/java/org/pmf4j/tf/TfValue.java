package org.pmf4j.tf;

import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TType;

/** What stands behind a tensor of this backend. */
sealed interface TfValue {

  /** Something that has elements already, to be fed to the graphs that use it. */
  sealed interface Held extends TfValue permits TfData, TfVariable {
    /** Its dimensions, all known. */
    Shape shape();

    /** Type of its elements. */
    DType dtype();

    /**
     * Begins a use of the current elements, which {@link TfData#leave} ends.
     *
     * @throws IllegalStateException after {@link #close}
     */
    TfData enter();

    /** Frees the elements, now or after the last use. */
    void close();
  }

  /**
   * A node of the graph that is being traced.
   *
   * @param trace the trace that it belongs to
   * @param operand the node's output
   */
  record Symbol(GraphTrace trace, Operand<? extends TType> operand) implements TfValue {}

  /** A result of a trace that checks shapes and builds nothing. */
  enum Unbuilt implements TfValue {
    /** The only one. */
    RESULT
  }
}
