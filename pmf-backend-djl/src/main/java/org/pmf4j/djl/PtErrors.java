package org.pmf4j.djl;

import ai.djl.engine.EngineException;
import java.util.Locale;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;

/** Tells PyTorch's failures in one line. */
final class PtErrors {
  private PtErrors() {}

  /** The failure of a program or transfer as users see it. */
  static PmfException tell(String where, EngineException e) {
    String line = firstLine(e);
    boolean memory = line.toLowerCase(Locale.ROOT).contains("memory");
    return memory
        ? PmfException.environment(where + ": " + line + "; use a smaller batch", e)
        : new PmfException(ErrorKind.COMPUTATION, where + ": PyTorch failed: " + line, e);
  }

  /** The first line of the innermost message; PyTorch adds a native stack trace below it. */
  static String firstLine(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.toString() : message.strip().lines().findFirst().orElse("");
  }
}
