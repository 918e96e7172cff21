package org.pmf4j.bench.speed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.backend.Tape;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.BatchCodec;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.pipeline.Prefetch;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.FusionObjective;
import org.pmf4j.core.run.RunPlan;
import org.pmf4j.core.run.TrainingRows;
import org.pmf4j.core.training.Loss;
import org.pmf4j.core.training.TargetRows;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingStep;
import org.pmf4j.core.trunk.CachedTrunks;
import org.pmf4j.core.trunk.Trunks;

/** A variant set up as training sets it up, with batches prepared ahead. */
final class VariantRun implements AutoCloseable {
  private static final double RATE = 1e-4;

  private final Fixture bench;
  private final SpeedVariant variant;
  private final FusionObjective objective;
  private final TrainingStep step;
  private final Map<Integer, List<Batch<HostTensor>>> batches = new LinkedHashMap<>();
  private long steps;

  private VariantRun(Fixture bench, SpeedVariant variant, FusionObjective objective) {
    this.bench = bench;
    this.variant = variant;
    this.objective = objective;
    this.step =
        variant.kind() == SpeedVariant.Kind.STEP
            ? new TrainingStep(bench.backend(), objective, TrainSettings.DEFAULT)
            : null;
  }

  /**
   * A session.
   *
   * @param plan of the variant, as of a run of training
   * @param model closed with it
   */
  static VariantRun open(
      Fixture bench, SpeedVariant variant, RunPlan plan, FusedModel model, List<Example> examples) {
    TargetRows targets = targets(examples.size(), bench.sizes().classes());
    TrainingRows rows = new TrainingRows(examples, targets, Loss.CROSS_ENTROPY);
    Trunks trunks = plan.trunks(bench.backend(), model);
    return new VariantRun(bench, variant, new FusionObjective(plan, model, trunks, rows));
  }

  private static TargetRows targets(int rows, int classes) {
    float[][] targets = new float[rows][classes];
    IntStream.range(0, rows).forEach(i -> targets[i][i * 37 % classes] = 1);
    return TargetRows.of(targets);
  }

  private FusedModel model() {
    return objective.model();
  }

  private Trunks trunks() {
    return objective.trunks();
  }

  private List<Example> examples() {
    return objective.data().examples();
  }

  SpeedVariant variant() {
    return variant;
  }

  /** Number of trained weights. */
  long trained() {
    return model().trainableCount();
  }

  /** Computes and keeps what the cache lacks of all examples. */
  void fill(Progress progress) {
    ((CachedTrunks) trunks()).fill(examples(), progress);
  }

  /** Reads batches of the first examples, as the threads that work ahead do. */
  void read(int samples, int batch) {
    for (int from = 0; from < samples; from += batch) {
      trunks().release(trunks().prepare(examples().subList(from, from + batch)));
    }
  }

  /** Does the variant's work on the first {@code batch} examples, to its end. */
  void run(int batch) {
    List<Batch<HostTensor>> parts =
        batches.computeIfAbsent(batch, b -> objective.prepare(rows(0, b), 0, 0));
    if (step != null) {
      step.take(parts, ++steps, RATE);
    } else {
      parts.forEach(part -> model().logits(trunks(), part));
    }
  }

  /** One epoch over the first examples, their batches read ahead as in training. */
  void epoch(int samples, int batch) {
    int n = samples / batch;
    try (Prefetch<List<Batch<HostTensor>>> ahead =
        new Prefetch<>(0, n, i -> objective.prepare(rows(i * batch, batch), 0, i))) {
      for (int i = 0; i < n; i++) {
        List<Batch<HostTensor>> parts = ahead.take();
        step.take(parts, ++steps, RATE);
        parts.forEach(objective::release);
      }
    }
  }

  private static List<Integer> rows(int from, int count) {
    return IntStream.range(from, from + count).boxed().toList();
  }

  /**
   * Logits and, where the backend trains, the loss's gradient by every parameter, of the first
   * batch, by name.
   */
  Map<String, float[]> results() {
    Backend backend = bench.backend();
    Batch<HostTensor> part = objective.prepare(rows(0, bench.sizes().batch()), 0, 0).get(0);
    Batch<Tensor> placed = objective.place(part);
    List<Tensor> open = placed.tensors();
    try (Program program =
        backend.info().can(Capability.TRAINING)
            ? backend.training("results", this::results)
            : backend.inference("results", in -> logits(BatchCodec.batch(in)))) {
      Named<Tensor> out = program.run(BatchCodec.names(placed));
      open.addAll(out.asMap().values());
      Map<String, float[]> read = new LinkedHashMap<>();
      out.asMap().forEach((name, t) -> read.put(name, backend.read(t).floats()));
      return read;
    } finally {
      open.forEach(Tensor::close);
    }
  }

  private Named<Tensor> logits(Batch<Tensor> batch) {
    return Named.of("logits", model().logits(model().tokens(batch)));
  }

  private Named<Tensor> results(Named<Tensor> in, Tape tape) {
    List<Parameter> parameters = model().trainable();
    Batch<Tensor> batch = BatchCodec.batch(in);
    Named<Tensor> out = logits(batch);
    Tensor loss = Loss.CROSS_ENTROPY.of(out.get("logits"), batch.requireTargets());
    List<Tensor> gradients = tape.gradients(loss, parameters);
    for (int i = 0; i < gradients.size(); i++) {
      out = out.with(parameters.get(i).name(), gradients.get(i));
    }
    return out;
  }

  @Override
  public void close() {
    if (step != null) {
      step.close();
    }
    trunks().close();
    model().close();
  }
}
