package org.pmf4j.tf;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.pmf4j.api.backend.engine.Signature;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TType;

/**
 * Builds nothing. Types and shapes are checked by the tensor API itself, so that to run a body here
 * with all dimensions known is to check them before TensorFlow sees anything.
 */
final class ShapeTrace extends Trace {
  @Override
  TfValue symbol(Signature.Input input) {
    return TfValue.Unbuilt.RESULT;
  }

  @Override
  TfValue emit(Function<Ops, Operand<? extends TType>> operation) {
    return TfValue.Unbuilt.RESULT;
  }

  @Override
  public List<TfValue> gradients(TfValue loss, List<TfValue> by) {
    return Collections.nCopies(by.size(), TfValue.Unbuilt.RESULT);
  }

  @Override
  public void assign(TfValue parameter, TfValue value) {}
}
