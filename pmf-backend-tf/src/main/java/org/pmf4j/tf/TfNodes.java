package org.pmf4j.tf;

import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/**
 * What the operation families share: an operation becomes nodes of the current trace. The tensor
 * API has checked the element types, so that they are not looked at again here.
 */
interface TfNodes {
  /** Adds an operation, which calls {@link #node} and its like for its operands. */
  default TfValue emit(Function<Ops, Operand<? extends TType>> operation) {
    return Trace.current().emit(operation);
  }

  /** The node of an operand, inside an operation. */
  default Operand<? extends TType> node(TfValue value) {
    return ((GraphTrace) Trace.current()).operand(value);
  }

  /** The node of numbers. */
  @SuppressWarnings("unchecked")
  default Operand<TNumber> number(TfValue value) {
    return (Operand<TNumber>) node(value);
  }

  /** The node of a mask. */
  @SuppressWarnings("unchecked")
  default Operand<TBool> mask(TfValue value) {
    return (Operand<TBool>) node(value);
  }
}
