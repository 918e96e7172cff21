package org.pmf4j.serve.jetty;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of all bodies that are in memory, or will be. Several threads may use it at once. */
final class BodyMemory {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  BodyMemory(long most) {
    this.most = most;
  }

  /** Takes memory; false if there is not as much. */
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= most) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }
}
