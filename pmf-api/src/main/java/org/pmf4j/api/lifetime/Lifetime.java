package org.pmf4j.api.lifetime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * How long something must stay: until it is closed, and every call that uses it has ended. Closing
 * never waits and never frees under a running call: what is in use when it is closed is freed by
 * the thread that ends the last use. Safe for use by several threads at once.
 */
public final class Lifetime implements AutoCloseable {
  private static final int CLOSED = 1;
  private static final int USE = 2;

  private final Supplier<String> what;
  private final Runnable free;

  /** Twice the number of uses, plus {@link #CLOSED}: it is CLOSED alone just once, at the end. */
  private final AtomicInteger state = new AtomicInteger();

  /**
   * Something that has been made and not been closed yet.
   *
   * @param what it is, for messages
   * @param free frees it; called once
   */
  public Lifetime(Supplier<String> what, Runnable free) {
    this.what = what;
    this.free = free;
  }

  /**
   * Something that has been made and not been closed yet.
   *
   * @param what it is, for messages
   * @param free frees it; called once
   */
  public Lifetime(String what, Runnable free) {
    this(() -> what, free);
  }

  /** Begins a use, which {@link #leave} ends; false, and no use, if this is closed. */
  public boolean tryEnter() {
    int now = state.get();
    while ((now & CLOSED) == 0) {
      if (state.compareAndSet(now, now + USE)) {
        return true;
      }
      now = state.get();
    }
    return false;
  }

  /**
   * Begins a use, which {@link #leave} ends.
   *
   * @throws IllegalStateException if this is closed
   */
  public void enter() {
    if (!tryEnter()) {
      throw closed();
    }
  }

  /** Ends a use; frees what was closed meanwhile, if this was the last. */
  public void leave() {
    if (state.addAndGet(-USE) == CLOSED) {
      free.run();
    }
  }

  /**
   * Computes something as one use.
   *
   * @throws IllegalStateException if this is closed
   */
  public <T> T during(Supplier<T> body) {
    enter();
    try {
      return body.get();
    } finally {
      leave();
    }
  }

  /**
   * Says that this is not closed.
   *
   * @throws IllegalStateException if it is
   */
  public void requireOpen() {
    if (isClosed()) {
      throw closed();
    }
  }

  /** True after {@link #close()}, though a use may still go on. */
  public boolean isClosed() {
    return (state.get() & CLOSED) != 0;
  }

  /** True while somebody uses this. */
  public boolean isInUse() {
    return state.get() >= USE;
  }

  /** Lets no use begin any more, and frees now or after the last; a second call does nothing. */
  @Override
  public void close() {
    int now = state.get();
    while ((now & CLOSED) == 0) {
      if (state.compareAndSet(now, now | CLOSED)) {
        if (now == 0) {
          free.run();
        }
        return;
      }
      now = state.get();
    }
  }

  private IllegalStateException closed() {
    return new IllegalStateException(what.get() + " is closed");
  }
}
