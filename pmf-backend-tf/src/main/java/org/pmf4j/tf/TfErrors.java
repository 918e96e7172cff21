package org.pmf4j.tf;

import org.pmf4j.api.backend.EngineFailure;
import org.tensorflow.exceptions.TensorFlowException;

/** Tells TensorFlow's failures in one line. */
final class TfErrors {
  private TfErrors() {}

  /**
   * The failure of a program or transfer as users see it: TensorFlow's own in one line, any other
   * as it is. TensorFlow's exceptions have no type in common, only their package.
   */
  static RuntimeException tell(String where, RuntimeException e) {
    return e.getClass().getPackage().equals(TensorFlowException.class.getPackage())
        ? EngineFailure.tell(where, "TensorFlow", e)
        : e;
  }

  /** The first line of the innermost message. */
  static String firstLine(Throwable e) {
    return EngineFailure.firstLine(e);
  }
}
