package org.pmf4j.core.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Puts records that are ready at about the same time into batches, which one thread computes, one
 * after the other: a batch uses all processors already. Several threads may hand records over at
 * once.
 */
final class Batcher {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
  private final PoolOptions options;
  private final PoolListener listener;
  private final Consumer<List<Pending>> step;
  private final Thread thread = new Thread(this::run, "pmf-pool");
  private int preparing;
  private int lastBatch;
  private boolean closed;

  /**
   * Begins to wait for records.
   *
   * @param step computes a batch, of which some may be done already, and throws nothing
   */
  Batcher(PoolOptions options, PoolListener listener, Consumer<List<Pending>> step) {
    this.options = options;
    this.listener = listener;
    this.step = step;
    thread.setDaemon(true);
    thread.start();
  }

  /** Records are being prepared that will come: it may be worth to wait for them. */
  void expect(int records) {
    change(() -> preparing += records);
  }

  /** Records that were expected are here. */
  void add(List<Pending> records) {
    change(
        () -> {
          preparing -= records.size();
          waiting.addAll(records);
        });
  }

  /** Records that were expected will not come. */
  void giveUp(int records) {
    change(() -> preparing -= records);
  }

  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing waits any more and the thread has ended, through interrupts. */
  void close() {
    change(() -> closed = true);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    List<Pending> batch = take();
    while (!batch.isEmpty()) {
      step.accept(batch);
      batch = take();
    }
  }

  /** The next batch; an empty one at the end. */
  private List<Pending> take() {
    lock.lock();
    try {
      await();
      long now = System.nanoTime();
      List<Pending> batch = new ArrayList<>();
      lastBatch = 0;
      while (!waiting.isEmpty() && lastBatch < options.maxBatch()) {
        Pending next = waiting.poll();
        if (!next.isDone()) {
          listener.queued(next.model().facts().name(), now - next.since());
          lastBatch++;
        }
        batch.add(next);
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Until there is something, and as much of it as is worth waiting for. */
  private void await() {
    while (waiting.isEmpty() && !closed) {
      changed.awaitUninterruptibly();
    }
    while (!waiting.isEmpty() && waiting.size() < options.maxBatch() && areMoreLikely()) {
      long left = options.maxDelay().toNanos() - (System.nanoTime() - waiting.peek().since());
      if (left <= 0) {
        return;
      }
      try {
        changed.await(left, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        return; // Nobody interrupts this thread; if somebody does, there is no harm in going on
      }
    }
  }

  private boolean areMoreLikely() {
    return !closed && (preparing > 0 || lastBatch > waiting.size());
  }
}
