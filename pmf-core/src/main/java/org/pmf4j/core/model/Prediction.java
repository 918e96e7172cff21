package org.pmf4j.core.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.pmf4j.core.data.Label;
import org.pmf4j.core.data.Task;

/**
 * What a model says of one example. Immutable, so that any number of threads may share it.
 *
 * @param task what the outputs mean
 * @param logits the model's raw outputs, in the order of the task's labels
 */
public record Prediction(Task task, float[] logits) {
  /**
   * Single-label: the most probable class. Multi-label: the labels with probability 0.5 or more,
   * joined by {@code |}, or as a JSON list where a label of the task would make that ambiguous.
   * Regression: the number.
   */
  public String label() {
    if (task instanceof Task.Regression) {
      return Double.toString(value());
    }
    if (task instanceof Task.MultiLabel) {
      return Label.text(labels(), task.labels());
    }
    return task.labels().get(best());
  }

  /** The labels that hold. */
  public List<String> labels() {
    if (task instanceof Task.MultiLabel) {
      List<String> held = new ArrayList<>();
      probabilities().forEach((label, p) -> add(held, label, p));
      return held;
    }
    return List.of(label());
  }

  /**
   * The labels that hold, with their probabilities.
   *
   * @throws IllegalStateException for regression
   */
  public List<Ranked> held() {
    Map<String, Double> byLabel = probabilities();
    return labels().stream().map(label -> new Ranked(label, byLabel.get(label))).toList();
  }

  private static void add(List<String> held, String label, double probability) {
    if (probability >= 0.5) {
      held.add(label);
    }
  }

  /**
   * Probabilities by label: they sum to 1 for a single-label task, and are independent for a
   * multi-label one.
   *
   * @throws IllegalStateException for regression
   */
  public Map<String, Double> probabilities() {
    double[] p = task instanceof Task.MultiLabel ? sigmoid(logits) : softmax(logits);
    if (task instanceof Task.Regression) {
      throw new IllegalStateException("a regression has no probabilities");
    }
    Map<String, Double> byLabel = new LinkedHashMap<>();
    for (int i = 0; i < p.length; i++) {
      byLabel.put(task.labels().get(i), p[i]);
    }
    return byLabel;
  }

  /**
   * A label and how probable it is.
   *
   * @param probability from 0 to 1
   */
  public record Ranked(String label, double probability) {}

  /**
   * The most probable labels, the first first; of equal ones, in the order of the task.
   *
   * @param most how many at most, above 0; of a multi-label task, whether they hold or not
   * @throws IllegalStateException for regression
   */
  public List<Ranked> top(int most) {
    Map<String, Double> byLabel = probabilities();
    List<String> all = task.labels();
    return IntStream.range(0, all.size())
        .boxed()
        // Logits order as probabilities do, and do not saturate
        .sorted((a, b) -> Float.compare(logits[b], logits[a]))
        .limit(most)
        .map(i -> new Ranked(all.get(i), byLabel.get(all.get(i))))
        .toList();
  }

  /**
   * The predicted number.
   *
   * @throws IllegalStateException unless the task is a regression
   */
  public double value() {
    if (task instanceof Task.Regression r) {
      return r.restore(logits[0]);
    }
    throw new IllegalStateException("a " + task.kind() + " task predicts no number");
  }

  /** Index of the largest logit. */
  int best() {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  static double[] softmax(float[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (float l : logits) {
      max = Math.max(max, l);
    }
    double[] p = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(logits[i] - max);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  static double[] sigmoid(float[] logits) {
    double[] p = new double[logits.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = 1 / (1 + Math.exp(-logits[i]));
    }
    return p;
  }
}
