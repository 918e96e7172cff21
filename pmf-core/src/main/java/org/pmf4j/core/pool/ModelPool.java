package org.pmf4j.core.pool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.model.ModelLoader;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.model.SavedModel;

/**
 * Trained models by name, ready to predict, for a service. Several threads may use it at once, for
 * anything: predict, load, replace, unload and close.
 *
 * <p>Models over the same frozen encoder share it. What is asked at about the same time, of
 * whichever models, is computed in one batch: the layers below fusion once for each content, whose
 * outputs are kept in memory for a while, then the layers that are fused, of models of one make
 * together ({@link org.pmf4j.api.fusion.MixedBatches}) where the backend can. Predictions are those
 * of a {@link org.pmf4j.core.model.Classifier} to rounding, which depends on the batch.
 *
 * <p>A pool is bounded: see {@link PoolOptions}. A request that would be too much is refused at
 * once by {@link PoolBusyException}. What is accepted is answered, also when its model is replaced
 * or unloaded, or the pool closed, meanwhile.
 */
public final class ModelPool implements AutoCloseable {
  private final ModelLoader loader;
  private final SharedEncoders encoders;
  private final OpenedDirectories directories = new OpenedDirectories();
  private final ConcurrentSkipListMap<String, ServedModel> models = new ConcurrentSkipListMap<>();
  private final Map<String, Integer> versions = new ConcurrentSkipListMap<>();
  private final PoolListener listener;
  private final PoolOptions options;
  private final TrunkCache cache;
  private final Decoding decoding = new Decoding();
  private final Admission admission;
  private final Batcher batcher;
  private final Object loading = new Object();
  private boolean closed;

  /**
   * A pool without models.
   *
   * @param loader of models
   * @param encoders of encoders, on the same backend
   * @param listener hears how long things take
   * @throws PmfException of the kind USAGE, if the backend does not have the precision that is
   *     asked for
   */
  public ModelPool(
      ModelLoader loader, EncoderLoader encoders, PoolOptions options, PoolListener listener) {
    options.precision().ifPresent(encoders::require);
    this.loader = loader;
    this.encoders = new SharedEncoders(encoders);
    this.listener = listener;
    this.options = options;
    this.cache = new TrunkCache(options.cacheBytes());
    this.admission = new Admission(options.queue());
    BatchStep step = new BatchStep(encoders.backend(), cache, listener);
    this.batcher = new Batcher(options, listener, step::compute);
  }

  /**
   * Loads a model, in place of one of that name: requests that came before are answered by that
   * one, and none fails. The calling thread loads; one model is loaded at a time.
   *
   * @param name by which it is asked
   * @param directory that training wrote
   * @return what is known of it
   * @throws PmfException if the model is broken, or an encoder is not the one it was trained on;
   *     the one of that name then stays
   * @throws IllegalStateException after {@link #close()}
   */
  public PoolModel load(String name, Path directory) {
    synchronized (loading) {
      if (closed) {
        throw new IllegalStateException("the pool is closed");
      }
      SavedModel found = loader.open(directory, Map.of(), directories::get);
      SavedModel saved = options.precision().map(found::in).orElse(found);
      FusedModel model = saved.load(encoders);
      ServedModel served;
      try {
        served = new ServedModel(facts(name, saved, model), model, encoders);
      } catch (RuntimeException e) {
        model.close();
        throw e;
      }
      versions.put(name, served.facts().version());
      ServedModel before = models.put(name, served);
      if (before != null) {
        before.close();
      }
      return served.facts();
    }
  }

  private PoolModel facts(String name, SavedModel saved, FusedModel model) {
    return new PoolModel(
        name,
        versions.getOrDefault(name, 0) + 1,
        saved.config(),
        saved.task(),
        saved.kinds(),
        model.plan().required());
  }

  /**
   * Takes a model away; its memory is freed once requests that came before are answered.
   *
   * @return false if there is none of that name
   */
  public boolean unload(String name) {
    synchronized (loading) {
      ServedModel before = models.remove(name);
      if (before != null) {
        before.close();
      }
      return before != null;
    }
  }

  /** All models, in the order of their names. */
  public List<PoolModel> models() {
    return models.values().stream().map(ServedModel::facts).toList();
  }

  /** One model. */
  public Optional<PoolModel> model(String name) {
    return Optional.ofNullable(models.get(name)).map(ServedModel::facts);
  }

  /**
   * Predicts one record, and waits for it.
   *
   * @param model its name
   * @param sources by modality, a value for each that is there: one or more of the model's
   * @throws PmfException if a value cannot be read, or nothing be computed of it, or if this thread
   *     is interrupted
   * @throws PoolBusyException if too much is asked at the moment
   * @throws NoSuchElementException if there is no such model
   * @throws IllegalStateException after {@link #close()}
   */
  public Prediction predict(String model, Map<String, Source> sources) {
    CompletableFuture<Prediction> answer = submit(model, List.of(Example.of(sources))).get(0);
    try {
      return answer.get();
    } catch (InterruptedException e) {
      answer.cancel(false);
      Thread.currentThread().interrupt();
      throw PmfException.stopped("interrupted while a prediction was waited for");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Asks for predictions of some records, all of which are accepted or none. The calling thread
   * decodes them, as one of as many at once as there are processors.
   *
   * <p>Values in memory share what is computed of equal ones; of a {@link Source.File} this is
   * computed each time.
   *
   * @param model its name
   * @param records one or more
   * @return for each, in order, what will be its prediction, or the failure of its computation; one
   *     that is cancelled is not computed, if it has not been. Whoever sees one done may ask for
   *     another: it counts as accepted no more. What depends on them runs on the thread that
   *     computes for all, unless it is run on another
   * @throws PmfException naming a record that has none of the model's modalities, lacks one that
   *     the model needs, has one that it does not know, or cannot be decoded
   * @throws PoolBusyException if too much is asked at the moment
   * @throws NoSuchElementException if there is no such model
   * @throws IllegalStateException after {@link #close()}
   */
  public List<CompletableFuture<Prediction>> submit(String model, List<Example> records) {
    admission.enter(records.size());
    List<CompletableFuture<Prediction>> answers = new ArrayList<>(records.size());
    try {
      ServedModel served = enter(model);
      for (int i = 0; i < records.size(); i++) {
        answers.add(new Answer(admission));
      }
      prepare(new ModelHold(served, records.size()), records, answers);
      return answers;
    } catch (RuntimeException | Error e) {
      if (answers.isEmpty()) {
        records.forEach(r -> admission.leave());
      }
      answers.forEach(answer -> answer.completeExceptionally(e));
      throw e;
    }
  }

  /** The model of a name, in use, however often it is replaced meanwhile. */
  private ServedModel enter(String name) {
    while (true) {
      ServedModel served = models.get(name);
      if (served == null) {
        String there = String.join(", ", models.keySet());
        throw new NoSuchElementException(
            "no model of that name; " + (there.isEmpty() ? "there is none" : "there are " + there));
      }
      if (served.lifetime().tryEnter()) {
        return served;
      }
    }
  }

  private void prepare(
      ModelHold hold, List<Example> records, List<CompletableFuture<Prediction>> answers) {
    batcher.expect(records.size());
    List<Pending> ready = new ArrayList<>(records.size());
    try {
      records.forEach(hold.model()::require);
      for (int i = 0; i < records.size(); i++) {
        Map<String, Input> inputs = hold.model().inputs(records.get(i), cache, decoding, listener);
        ready.add(new Pending(hold, records.get(i), inputs, answers.get(i), System.nanoTime()));
      }
    } catch (RuntimeException | Error e) {
      batcher.giveUp(records.size());
      ready.forEach(one -> one.inputs().values().forEach(Input::release));
      hold.releaseAll();
      throw e;
    }
    batcher.add(ready);
  }

  /**
   * Which modalities of a record are longer than the model's encoders take, so that it answers of
   * their beginning alone.
   *
   * @param model its name
   * @param record of which predictions are asked
   * @return names in the model's order
   * @throws PmfException if a value cannot be read
   * @throws NoSuchElementException if there is no such model
   */
  public List<String> cut(String model, Example record) {
    ServedModel served = enter(model);
    try {
      return served.cut(record);
    } finally {
      served.lifetime().leave();
    }
  }

  /** How full it is. */
  public PoolState state() {
    return new PoolState(
        admission.accepted(), batcher.waiting(), models.size(), encoders.count(), cache.bytes());
  }

  /** Accepts nothing any more, waits until all that was accepted is answered, and frees all. */
  @Override
  public void close() {
    synchronized (loading) {
      closed = true;
    }
    admission.close();
    batcher.close();
    List.copyOf(models.keySet()).forEach(this::unload);
  }
}
