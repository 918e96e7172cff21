package org.pmf4j.bench.speed;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened on the way, closed in the opposite order. */
final class Opened implements AutoCloseable {
  private final Deque<AutoCloseable> all = new ArrayDeque<>();

  /** Remembers to close something, and gives it. */
  <T extends AutoCloseable> T add(T resource) {
    all.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!all.isEmpty()) {
      try {
        all.pop().close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
