package org.pmf4j.djl;

import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * What PyTorch keeps for each thread, set up for one run of a program: gradient mode (which a fresh
 * thread has on, and the one that loaded the library off), the number of threads of an operation,
 * and TorchScript's optimizer, which is off because it would treat the first runs differently.
 */
final class PtThread {
  private PtThread() {}

  /**
   * Runs {@code body} on the current thread.
   *
   * @param gradients whether operations retain what gradients need
   * @param threads threads that one operation may use
   */
  static <T> T run(boolean gradients, int threads, Supplier<T> body) {
    boolean before = JniUtils.isGradMode();
    if (JniUtils.getNumThreads() != threads) {
      JniUtils.setNumThreads(threads);
    }
    JniUtils.setGraphExecutorOptimize(false);
    JniUtils.setGradMode(gradients);
    try {
      return body.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /** From here on, operations of this run retain nothing for gradients. */
  static void stopGradients() {
    JniUtils.setGradMode(false);
  }
}
