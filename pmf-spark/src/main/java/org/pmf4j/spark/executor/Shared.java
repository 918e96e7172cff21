package org.pmf4j.spark.executor;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Things that a process has one of each, lent to all tasks that ask for it: opened by the first,
 * and closed a while after the last has given it back, or when the process ends. A task that comes
 * within that while finds it open. Several threads may use it at once; who asks for what is being
 * opened waits, others do not.
 *
 * @param <K> what is asked for; equal keys share one thing
 * @param <V> what is lent
 */
public final class Shared<K, V extends AutoCloseable> {
  private static final Logger LOG = LoggerFactory.getLogger(Shared.class);

  /** One for all, which ends with the process. */
  private static final ScheduledExecutorService CLOCK = clock();

  private final String what;
  private final Duration idle;
  private final Map<K, Held<V>> all = new ConcurrentHashMap<>();

  /**
   * Nothing that is open yet.
   *
   * @param what is lent, for the log
   * @param idle how long a thing that nobody uses stays open
   */
  public Shared(String what, Duration idle) {
    this.what = what;
    this.idle = idle;
    Runtime.getRuntime().addShutdownHook(new Thread(this::closeAll, "pmf closes " + what));
  }

  private static ScheduledExecutorService clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "pmf closes what is idle");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  private static final class Held<V> {
    private V value;
    private int uses;
    private long lastUse;
    private boolean closed;
  }

  /**
   * A use of something.
   *
   * @param <V> what is lent
   */
  public interface Lease<V> extends AutoCloseable {
    /** What is lent; to be used until {@link #close()}, and never closed by who borrows it. */
    V get();

    /** Gives it back; once more does nothing. */
    @Override
    void close();
  }

  /**
   * Borrows something.
   *
   * @param open makes it, if it is not open; what it throws passes through, and the next who asks
   *     tries again
   * @return what the caller closes
   */
  public Lease<V> lease(K key, Supplier<V> open) {
    while (true) {
      Held<V> held = all.computeIfAbsent(key, k -> new Held<>());
      synchronized (held) {
        if (held.closed) {
          continue; // closed between the two lines above
        }
        if (held.value == null) {
          open(key, held, open);
        }
        held.uses++;
        return new Use(key, held);
      }
    }
  }

  private void open(K key, Held<V> held, Supplier<V> open) {
    try {
      held.value = open.get();
      LOG.info("{} is open: {}", what, key);
    } finally {
      if (held.value == null) {
        held.closed = true;
        all.remove(key, held);
      }
    }
  }

  /** How many are open, in use or not. */
  public int count() {
    return all.size();
  }

  private final class Use implements Lease<V> {
    private final K key;
    private final Held<V> held;
    private boolean given;

    Use(K key, Held<V> held) {
      this.key = key;
      this.held = held;
    }

    @Override
    public V get() {
      return held.value;
    }

    @Override
    public void close() {
      synchronized (held) {
        if (given) {
          return;
        }
        given = true;
        held.uses--;
        if (held.uses == 0) {
          long now = ++held.lastUse;
          Future<?> unused =
              CLOCK.schedule(
                  () -> closeIdle(key, held, now), idle.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    }
  }

  private void closeIdle(K key, Held<V> held, long lastUse) {
    synchronized (held) {
      if (held.uses == 0 && held.lastUse == lastUse) {
        close(key, held);
      }
    }
  }

  private void close(K key, Held<V> held) {
    if (held.closed) {
      return;
    }
    held.closed = true;
    all.remove(key, held);
    try {
      held.value.close();
      LOG.info("{} is closed: {}", what, key);
    } catch (Exception e) {
      LOG.warn("{} could not be closed: {}", what, key, e);
    }
  }

  private void closeAll() {
    all.forEach(
        (key, held) -> {
          synchronized (held) {
            if (held.value != null) {
              close(key, held);
            }
          }
        });
  }
}
