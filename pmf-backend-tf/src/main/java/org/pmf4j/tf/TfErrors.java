package org.pmf4j.tf;

import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** Tells TensorFlow's failures in one line. */
final class TfErrors {
  private TfErrors() {}

  /** The failure of a program or transfer as users see it. */
  static PmfException tell(String where, RuntimeException e) {
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
