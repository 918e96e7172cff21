package org.pmf4j.core.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.metrics.Metric;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.training.TargetRows;
import org.pmf4j.core.trunk.Trunks;

/**
 * Fits linear probes to the frozen encoders of a fused model, two or more, and compares it with
 * them. Nothing of the model is changed. For one thread at a time.
 *
 * @param backend that runs the encoders
 * @param model whose encoders are frozen; it stays the caller's
 * @param trunks of the model, which stay the caller's
 * @param task what outputs mean
 * @param metric that all are compared by
 */
public record LinearProbes(
    Backend backend, FusedModel model, Trunks trunks, Task task, Metric metric) {
  /** The most rows of a table that probes see; of more, so many are drawn. */
  public static final int MOST_ROWS = 10_000;

  /** The fewest training rows that are drawn, however wide the encoders and many the classes. */
  static final int FEWEST_ROWS = 1000;

  /** Rows times features times outputs of a fit, so that fits are a matter of seconds. */
  private static final long WORK = 400_000_000;

  private static final double TOLERANCE = 1e-4;
  private static final int ITERATIONS = 200;

  /**
   * Rows that probes are fitted to.
   *
   * @param examples the training rows
   * @param targets of these rows
   */
  public record Training(List<Example> examples, TargetRows targets) {
    /** Copies the list. */
    public Training {
      examples = List.copyOf(examples);
    }
  }

  /**
   * The comparison.
   *
   * @param training what the model was trained on
   * @param validation labelled rows
   * @param fused the model's predictions for the validation rows, in their order
   * @throws org.pmf4j.api.error.PmfException of the kind STOPPED, if {@code progress} asks to stop;
   *     naming a sample that cannot be read
   */
  public ProbeComparison compare(
      Training training, List<Example> validation, List<Prediction> fused, Progress progress) {
    int[] fitted = drawn(training.examples().size(), mostTrainingRows());
    int[] compared = drawn(validation.size(), MOST_ROWS);
    List<Example> rows = only(validation, compared);
    Named<PooledVectors> seen;
    Named<PooledVectors> unseen;
    try (PooledVectorExtractor extractor = new PooledVectorExtractor(backend, model, trunks)) {
      seen = extractor.extract("probes: training", only(training.examples(), fitted), progress);
      unseen = extractor.extract("probes: validation", rows, progress);
    }
    List<LinearProbe> probes = fit(seen, training.targets().only(fitted), progress);
    List<float[]> targets = rows.stream().map(task::target).toList();
    List<ModelOutputs> outputs = new ArrayList<>();
    List<float[]> own = Arrays.stream(compared).mapToObj(r -> fused.get(r).logits()).toList();
    outputs.add(new ModelOutputs(task, own, targets));
    probes.forEach(p -> outputs.add(new ModelOutputs(task, p.outputs(unseen), targets)));
    PairedComparison pairs = PairedComparison.of(metric, outputs);
    List<ProbeScore> scores = new ArrayList<>();
    for (int i = 0; i < probes.size(); i++) {
      LinearProbe probe = probes.get(i);
      List<String> modalities = List.copyOf(probe.scales().names());
      double penalty = probe.fit().penalty();
      scores.add(new ProbeScore(modalities, penalty, pairs.score(i + 1), pairs.difference(i + 1)));
    }
    return new ProbeComparison(
        metric,
        pairs.score(0),
        scores,
        new ProbeComparison.Rows(
            fitted.length, training.examples().size(), compared.length, validation.size()));
  }

  private List<LinearProbe> fit(
      Named<PooledVectors> vectors, TargetRows targets, Progress progress) {
    Runnable between = () -> progress.checkStop("while probes were fitted; the model is saved");
    PenaltySearch search =
        new PenaltySearch(LinearLoss.of(task), new Lbfgs(TOLERANCE, ITERATIONS, between));
    List<List<String>> views = views();
    List<LinearProbe> probes = new ArrayList<>();
    try (Progress.Bar bar = progress.begin("probes: fit", views.size(), "probes")) {
      for (List<String> view : views) {
        probes.add(LinearProbe.fit(only(vectors, view), targets, search));
        bar.advance(1, "");
      }
    }
    return probes;
  }

  /** Each modality alone, and all. */
  private List<List<String>> views() {
    List<String> all = List.copyOf(model.encoders().names());
    List<List<String>> views = new ArrayList<>();
    all.forEach(m -> views.add(List.of(m)));
    views.add(all);
    return views;
  }

  private int mostTrainingRows() {
    long width =
        model.encoders().asMap().values().stream().mapToLong(e -> e.encoder().width()).sum();
    long affordable = WORK / (width * task.labels().size());
    return (int) Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, affordable));
  }

  /** All rows, or so many of them, the same for the same number, in ascending order. */
  static int[] drawn(int rows, int most) {
    int[] all = IntStream.range(0, rows).toArray();
    if (rows <= most) {
      return all;
    }
    SplittableRandom random = new SplittableRandom(0);
    for (int i = 0; i < most; i++) {
      int other = i + random.nextInt(rows - i);
      int kept = all[other];
      all[other] = all[i];
      all[i] = kept;
    }
    int[] some = Arrays.copyOf(all, most);
    Arrays.sort(some);
    return some;
  }

  private static List<Example> only(List<Example> examples, int... rows) {
    return Arrays.stream(rows).mapToObj(examples::get).toList();
  }

  private static Named<PooledVectors> only(Named<PooledVectors> vectors, List<String> view) {
    Map<String, PooledVectors> some = new LinkedHashMap<>();
    view.forEach(m -> some.put(m, vectors.get(m)));
    return Named.of(some);
  }
}
