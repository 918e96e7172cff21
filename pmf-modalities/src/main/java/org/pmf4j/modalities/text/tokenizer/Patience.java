package org.pmf4j.modalities.text.tokenizer;

import org.pmf4j.api.error.PmfException;

/** Ends work on a text when its thread is interrupted; the thread stays interrupted. */
final class Patience {
  private static final int STEPS = 0xFFFF;

  private Patience() {}

  /** To be called in loops of any length, with the number of the turn. */
  static void at(int step) {
    if ((step & STEPS) == 0) {
      check();
    }
  }

  /** Throws if the thread is interrupted. */
  static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw PmfException.computation("interrupted while a text was cut into tokens");
    }
  }
}
