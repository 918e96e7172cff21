package org.pmf4j.core.pipeline;

/** Waits through interrupts and leaves them to be seen afterwards. */
final class Uninterrupted {
  private Uninterrupted() {}

  /**
   * Something to wait for.
   *
   * @param <T> its result
   * @param <E> what else it throws
   */
  @FunctionalInterface
  interface Waiting<T, E extends Exception> {
    T get() throws InterruptedException, E;
  }

  static <T, E extends Exception> T get(Waiting<T, E> waiting) throws E {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return waiting.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
