package org.pmf4j.serve.web;

/** Hears of each request once it is answered. Called by several threads at once. */
@FunctionalInterface
public interface AccessLog {
  /** Hears nothing. */
  AccessLog NONE = entry -> {};

  /** A request was answered, or its client went away. */
  void log(Entry entry);

  /**
   * A request. Immutable, so that any number of threads may share it.
   *
   * @param client its address
   * @param method as it was sent
   * @param route the template of its path; empty where there is none
   * @param status of the reply; 499 where the client went away
   * @param received bytes of the body
   * @param sent bytes of the body
   * @param nanos from the request's first line to the reply's end
   */
  record Entry(
      String client,
      String method,
      String route,
      int status,
      long received,
      long sent,
      long nanos) {}
}
