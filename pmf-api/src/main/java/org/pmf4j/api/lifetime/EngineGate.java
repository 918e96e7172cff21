package org.pmf4j.api.lifetime;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Keeps the process from ending under native code. An engine's static objects are destroyed when
 * the process exits – at the end of {@code main}, at {@code System.exit}, at a signal –, and a
 * thread that is inside the engine then crashes. So every call of an engine goes through here, and
 * the end of the JVM waits: first for calls to stop coming, because whoever shuts a service down
 * lets its requests finish, then, when the gate has been shut, for those that are under way.
 *
 * <p>One gate for the whole process (more exactly: for each loader of this class). Nobody has to
 * wait where nothing is open.
 */
public final class EngineGate {
  /** How long calls may keep beginning after the JVM has started to end. */
  static final long GRACE_MILLIS = 5_000;

  /** For how long none must be under way, that calls count as having stopped. */
  static final long QUIET_MILLIS = 100;

  /** How long calls under way are waited for. A single one may be a long computation. */
  static final long LONGEST_MILLIS = 60_000;

  private static final EngineGate PROCESS = new EngineGate();

  private int open;
  private int calls;
  private long lastEnd;
  private boolean hooked;
  private boolean shut;

  /** A gate of its own, for tests. */
  EngineGate() {}

  /** An engine has been opened: from here on the end of the JVM waits. */
  public static void opened() {
    PROCESS.open();
  }

  /** An engine that was opened has been closed, all of its memory freed. */
  public static void closed() {
    PROCESS.close();
  }

  /**
   * Calls an engine.
   *
   * @throws IllegalStateException if the JVM is ending
   */
  public static <T> T call(Supplier<T> call) {
    return PROCESS.pass(call);
  }

  synchronized void open() {
    requireUp();
    if (!hooked) {
      hooked = true;
      try {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "pmf-engine-gate"));
      } catch (IllegalStateException e) {
        shut = true;
        requireUp();
      }
    }
    open++;
  }

  synchronized void close() {
    open--;
    notifyAll();
  }

  <T> T pass(Supplier<T> call) {
    synchronized (this) {
      requireUp();
      calls++;
    }
    try {
      return call.get();
    } finally {
      synchronized (this) {
        calls--;
        lastEnd = System.nanoTime();
        notifyAll();
      }
    }
  }

  private void requireUp() {
    if (shut) {
      throw new IllegalStateException("the JVM is ending: nothing is computed any more");
    }
  }

  /** Waits until no call is under way, and lets none begin. */
  synchronized void end() {
    long began = System.nanoTime();
    waitUntil(() -> open == 0 || isQuiet() || millisSince(began) > GRACE_MILLIS);
    shut = true;
    waitUntil(() -> calls == 0 || millisSince(began) > LONGEST_MILLIS);
  }

  private boolean isQuiet() {
    return calls == 0 && (lastEnd == 0 || millisSince(lastEnd) >= QUIET_MILLIS);
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  /** However often the thread is interrupted: the JVM ends all the same. */
  private synchronized void waitUntil(BooleanSupplier condition) {
    boolean interrupted = false;
    while (!condition.getAsBoolean()) {
      try {
        wait(10);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
