package org.pmf4j.serve.web;

import java.time.Duration;

/**
 * What a connection may take. Immutable, so that any number of threads may share it.
 *
 * @param body bytes of a request
 * @param bodies bytes of all requests that are being read or answered
 * @param connections at the same time
 * @param idle how long a connection may be silent; twice that, and the headers of a request must
 *     have come as a whole
 * @param request how long a request may take, from its body's end
 * @param stop how long requests may take to end when the server stops
 */
public record Bounds(
    int body, long bodies, int connections, Duration idle, Duration request, Duration stop) {
  /** 32 MiB, 256 MiB, 10,000 connections, 30 s, 60 s and 30 s. */
  public static final Bounds STANDARD =
      new Bounds(
          32 << 20,
          256L << 20,
          10_000,
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30));
}
