package org.pmf4j.tf;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TType;

/**
 * One run of a program's body over symbols. The operations of the thread go to the trace that it
 * has entered.
 */
abstract sealed class Trace permits ShapeTrace, GraphTrace {
  private static final ThreadLocal<Trace> CURRENT = new ThreadLocal<>();

  /** The trace that this thread is in. */
  static Trace current() {
    Trace trace = CURRENT.get();
    if (trace == null) {
      throw new IllegalStateException("tensor operations run inside a program only");
    }
    return trace;
  }

  /** Runs {@code body} with this trace as the thread's own. */
  final <T> T during(Supplier<T> body) {
    CURRENT.set(this);
    try {
      return body.get();
    } finally {
      CURRENT.remove();
    }
  }

  /** The symbol of an input. */
  abstract TfValue input(String name, Shape shape, DType dtype);

  /** Adds an operation. */
  abstract TfValue emit(Function<Ops, Operand<? extends TType>> operation);

  /** Gradients of a scalar by variables, zeros where there is no way from one to the other. */
  abstract List<TfValue> gradients(TfValue loss, List<TfParameter> by);

  /** From here on, a variable stands for {@code value}, which it keeps after the run. */
  abstract void assign(TfVariable variable, TfValue value);
}
