package org.pmf4j.tf;

import java.util.function.Function;
import java.util.function.Supplier;
import org.pmf4j.api.backend.engine.EngineTape;
import org.pmf4j.api.backend.engine.Signature;
import org.pmf4j.api.backend.engine.TypedValue;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TType;

/**
 * One run of a program's body over symbols. The operations of the thread go to the trace that it
 * has entered.
 */
abstract sealed class Trace implements EngineTape<TfValue> permits ShapeTrace, GraphTrace {
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
  final TypedValue<TfValue> input(Signature.Input input) {
    return new TypedValue<>(symbol(input), input.shape(), input.dtype());
  }

  abstract TfValue symbol(Signature.Input input);

  /** Adds an operation. */
  abstract TfValue emit(Function<Ops, Operand<? extends TType>> operation);
}
