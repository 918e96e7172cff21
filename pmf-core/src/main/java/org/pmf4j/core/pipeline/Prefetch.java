package org.pmf4j.core.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Makes the items 0, 1, 2 … on other threads, a few ahead of whoever takes them, in order.
 *
 * @param <T> an item
 */
public final class Prefetch<T> implements AutoCloseable {
  /** The most threads that make items, whatever the processors. */
  public static final int MOST_THREADS = 8;

  private final ExecutorService workers;
  private final Deque<Future<T>> ahead = new ArrayDeque<>();
  private final IntFunction<T> make;
  private final int end;
  private final int depth;
  private int next;

  /**
   * Starts making items.
   *
   * @param from the first item
   * @param end one past the last
   * @param make makes an item; called by several threads
   */
  public Prefetch(int from, int end, IntFunction<T> make) {
    this(from, end, make, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Starts making items.
   *
   * @param from the first item
   * @param end one past the last
   * @param make makes an item; called by several threads
   * @param processors that there are; at most {@link #MOST_THREADS} threads are used
   */
  public Prefetch(int from, int end, IntFunction<T> make, int processors) {
    int threads = Math.max(1, Math.min(MOST_THREADS, processors));
    this.depth = threads + 2;
    this.make = make;
    this.end = end;
    this.next = from;
    this.workers =
        Executors.newFixedThreadPool(
            threads,
            r -> {
              Thread t = new Thread(r, "pmf-prefetch");
              t.setDaemon(true);
              return t;
            });
    fill();
  }

  /**
   * The next item, waiting for it if need be. An interrupt is kept for later: whoever takes items
   * asks for it between them.
   */
  public T take() {
    Future<T> first = ahead.remove();
    try {
      T item = Uninterrupted.get(first::get);
      fill();
      return item;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException r) {
        throw r;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void fill() {
    while (ahead.size() < depth && next < end) {
      int item = next++;
      ahead.add(workers.submit(() -> make.apply(item)));
    }
  }

  /**
   * Drops what is not begun and waits for what is: nothing that is used by an item that is being
   * made may be freed before this returns.
   */
  @Override
  public void close() {
    ahead.forEach(f -> f.cancel(false));
    workers.shutdown();
    boolean ended = false;
    while (!ended) {
      ended = Uninterrupted.get(() -> workers.awaitTermination(1, TimeUnit.MINUTES));
    }
  }
}
