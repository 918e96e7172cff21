package org.pmf4j.serve.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.pool.ModelPool;
import org.pmf4j.core.pool.PoolModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of a pool, as their places have them. Several threads may use it at once; one at a
 * time changes what is loaded.
 */
public final class Models implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Models.class);
  private static final long EVERY_MILLIS = 1_000;

  private final ModelPool pool;
  private final ModelPlaces places;
  private final Map<String, Known> known = new TreeMap<>();

  /** Those that somebody has unloaded stay so until they are loaded, or their files change. */
  private final Set<String> unloaded = new HashSet<>();

  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "pmf-models");
            thread.setDaemon(true);
            return thread;
          });

  private record Known(ModelStamp stamp, String reason) {}

  /** No models yet. */
  public Models(ModelPool pool, ModelPlaces places) {
    this.pool = pool;
    this.places = places;
  }

  /** Looks at the places again and again from now on. */
  @SuppressWarnings("FutureReturnValueIgnored") // each look tells of its own failure
  public void watch() {
    watch.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      refresh();
    } catch (PmfException e) {
      LOG.warn("{}", e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("the models could not be looked at", e);
    }
  }

  /**
   * Loads what is new or has changed, and takes away what is gone.
   *
   * @throws PmfException if the folder of models cannot be read; a model that cannot be is told of
   *     by {@link #index}
   */
  public synchronized void refresh() {
    Map<String, Path> there = places.all();
    for (String name : List.copyOf(known.keySet())) {
      if (!there.containsKey(name)) {
        known.remove(name);
        unloaded.remove(name);
        pool.unload(name);
        LOG.info("model {} is gone", name);
      }
    }
    there.forEach(this::refresh);
  }

  private void refresh(String name, Path directory) {
    ModelStamp now = ModelStamp.of(directory);
    Known before = known.get(name);
    if (before != null && before.stamp().equals(now)) {
      return;
    }
    unloaded.remove(name);
    try {
      take(name, directory, now);
    } catch (PmfException e) {
      known.put(name, new Known(now, e.getMessage()));
      LOG.warn("model {} is not taken up: {}", name, e.getMessage());
    }
  }

  private void take(String name, Path directory, ModelStamp stamp) {
    PoolModel model = pool.load(name, directory);
    known.put(name, new Known(stamp, ""));
    LOG.info("model {}, version {}, is loaded", name, model.version());
  }

  /**
   * Loads a model again, or one that was unloaded.
   *
   * @throws NoSuchElementException if there is none of that name
   * @throws PmfException if it cannot be loaded
   */
  public synchronized void load(String name) {
    Path directory = places.all().get(name);
    if (directory == null) {
      throw new NoSuchElementException("no model of that name is in the places that are served");
    }
    take(name, directory, ModelStamp.of(directory));
    unloaded.remove(name);
  }

  /**
   * Takes a model away until it is loaded again, or its files change.
   *
   * @throws NoSuchElementException if there is none of that name
   */
  public synchronized void unload(String name) {
    if (!pool.unload(name)) {
      throw new NoSuchElementException("no model of that name is loaded");
    }
    unloaded.add(name);
  }

  /** All models, in the order of their names. */
  public synchronized List<ModelStatus> index() {
    List<ModelStatus> all = new ArrayList<>();
    known.forEach(
        (name, k) -> {
          int version = pool.model(name).map(PoolModel::version).orElse(0);
          String reason = unloaded.contains(name) ? "unloaded" : k.reason();
          all.add(new ModelStatus(name, version > 0, version, reason));
        });
    return all;
  }

  /** The pool that answers. */
  public ModelPool pool() {
    return pool;
  }

  /** Looks no more; the pool stays. */
  @Override
  public void close() {
    watch.shutdown();
  }
}
