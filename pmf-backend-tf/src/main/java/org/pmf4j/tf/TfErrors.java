package org.pmf4j.tf;

import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;

/** Tells TensorFlow's failures in one line. */
final class TfErrors {
  private TfErrors() {}

  /**
   * The failure of a program or transfer as users see it: TensorFlow's own in one line, any other
   * as it is. TensorFlow's exceptions have no type in common, only their package.
   */
  static RuntimeException tell(String where, RuntimeException e) {
    if (!e.getClass().getPackage().equals(TensorFlowException.class.getPackage())) {
      return e;
    }
    String line = firstLine(e);
    return e instanceof TFResourceExhaustedException
        ? PmfException.environment(where + ": " + line + "; use a smaller batch", e)
        : new PmfException(ErrorKind.COMPUTATION, where + ": TensorFlow failed: " + line, e);
  }

  /** The first line of the innermost message. */
  static String firstLine(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.toString() : message.strip().lines().findFirst().orElse("");
  }
}
