package org.pmf4j.djl;

import ai.djl.engine.EngineException;
import org.pmf4j.api.backend.EngineFailure;
import org.pmf4j.api.error.PmfException;

/** Tells PyTorch's failures in one line. */
final class PtErrors {
  private PtErrors() {}

  /** The failure of a program or transfer as users see it. */
  static PmfException tell(String where, EngineException e) {
    return EngineFailure.tell(where, "PyTorch", e);
  }

  /** The first line of the innermost message; PyTorch adds a native stack trace below it. */
  static String firstLine(Throwable e) {
    return EngineFailure.firstLine(e);
  }
}
