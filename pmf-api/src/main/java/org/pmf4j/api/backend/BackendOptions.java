package org.pmf4j.api.backend;

/**
 * How a backend is opened.
 *
 * @param device {@code cpu}, {@code cuda}, {@code cuda:1} …, or {@code auto} for the best there is
 * @param threads threads that one operation may use; 0 for the engine's own choice. An engine whose
 *     threads belong to the whole process refuses another number than it started with
 */
public record BackendOptions(String device, int threads) {
  /** The best device, and the engine's own choice of threads. */
  public static final BackendOptions DEFAULT = new BackendOptions("auto", 0);

  /** Refuses a negative number of threads. */
  public BackendOptions {
    if (threads < 0) {
      throw new IllegalArgumentException("threads cannot be " + threads);
    }
  }
}
