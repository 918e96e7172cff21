package org.pmf4j.core.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the items 0, 1, 2 … on other threads, a few ahead of whoever takes them, in order.
 *
 * @param <T> an item
 */
public final class Prefetch<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Prefetch.class);

  /** The most threads that make items, whatever the processors. */
  public static final int MOST_THREADS = 8;

  /** How long {@link #close} waits for what is being made. */
  private static final long PATIENCE_SECONDS = 60;

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
   * Interrupts what is being made, and waits until it has ended, so that nothing is freed under it;
   * not for longer than a minute.
   */
  @Override
  public void close() {
    workers.shutdownNow();
    boolean ended =
        Uninterrupted.get(() -> workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS));
    if (!ended) {
      LOG.warn("what reads ahead did not end within {} s", PATIENCE_SECONDS);
    }
  }
}
