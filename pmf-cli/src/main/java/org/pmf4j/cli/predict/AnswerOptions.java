package org.pmf4j.cli.predict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.Prediction;
import picocli.CommandLine.Option;

/** What is told of a prediction besides it. For one thread at a time. */
public final class AnswerOptions {
  private static final String PROBABILITIES = "probabilities";
  private static final String TOP = "top";
  private static final String LOGITS = "logits";

  @Option(
      names = "--probabilities",
      description = "add every label's probability, in columns probability:LABEL")
  private boolean probabilities;

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "add the K most probable labels, in columns top:1, top-probability:1 and on")
  private Integer top;

  @Option(names = "--logits", description = "add the model's raw outputs")
  private boolean logits;

  /** Options as they are given; picocli makes those of a command line. */
  AnswerOptions() {}

  /** The same by hand; {@code top} 0 for none. */
  AnswerOptions(boolean probabilities, int top, boolean logits) {
    this.probabilities = probabilities;
    this.top = top == 0 ? null : top;
    this.logits = logits;
  }

  /**
   * Refuses what the task does not have.
   *
   * @throws PmfException for probabilities of a regression, or a number of labels below 1
   */
  void check(Task task) {
    if (top != null && top < 1) {
      throw PmfException.usage("--top is a number of labels, 1 or more, not " + top);
    }
    if (task instanceof Task.Regression && (probabilities || top != null)) {
      throw PmfException.usage(
          (probabilities ? "--probabilities" : "--top")
              + " goes with classes; this model predicts a number, which has no probability");
    }
  }

  boolean logits() {
    return logits;
  }

  /** Whether a table's column would be one of those added. */
  boolean adds(String column) {
    return logits && column.startsWith("logit:")
        || probabilities && column.startsWith("probability:")
        || top != null && (column.startsWith("top:") || column.startsWith("top-probability:"));
  }

  /** Whether a table's column would be one of the fields that are added in JSON. */
  boolean addsField(String column) {
    return logits && column.equals(LOGITS)
        || probabilities && column.equals(PROBABILITIES)
        || top != null && column.equals(TOP);
  }

  /** Names of the added columns, in order. */
  List<String> columns(Task task) {
    List<String> names = new ArrayList<>();
    if (probabilities) {
      task.labels().forEach(label -> names.add("probability:" + label));
    }
    for (int k = 1; k <= shownOf(task); k++) {
      names.add("top:" + k);
      names.add("top-probability:" + k);
    }
    if (logits) {
      task.labels().forEach(label -> names.add("logit:" + label));
    }
    return names;
  }

  /** A prediction's cells for {@link #columns}. */
  List<String> cells(Prediction p) {
    List<String> cells = new ArrayList<>();
    if (probabilities) {
      p.probabilities().values().forEach(v -> cells.add(number(v)));
    }
    if (top != null) {
      for (Prediction.Ranked r : p.top(top)) {
        cells.add(r.label());
        cells.add(number(r.probability()));
      }
    }
    if (logits) {
      for (float logit : p.logits()) {
        cells.add(Float.toString(logit));
      }
    }
    return cells;
  }

  /**
   * The same for a JSON object: {@code probabilities} and {@code logits} are objects by label, and
   * {@code top} a list of objects with {@code label} and {@code probability}, the best first.
   */
  Map<String, Object> fields(Prediction p) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (probabilities) {
      Map<String, Float> byLabel = new LinkedHashMap<>();
      p.probabilities().forEach((label, value) -> byLabel.put(label, value.floatValue()));
      fields.put(PROBABILITIES, byLabel);
    }
    if (top != null) {
      fields.put(
          TOP,
          p.top(top).stream()
              .map(r -> Map.of("label", r.label(), "probability", (float) r.probability()))
              .map(TreeMap::new)
              .toList());
    }
    if (logits) {
      Map<String, Float> byLabel = new LinkedHashMap<>();
      for (int i = 0; i < p.logits().length; i++) {
        byLabel.put(p.task().labels().get(i), p.logits()[i]);
      }
      fields.put(LOGITS, byLabel);
    }
    return fields;
  }

  /** How many labels a record's table shows: all of them, but where fewer are asked for. */
  int shown(Task task) {
    return top == null || probabilities ? task.labels().size() : shownOf(task);
  }

  /** The probability of what was predicted, several joined by {@code |} as the labels are. */
  public static String probability(Prediction p) {
    return p.held().stream().map(r -> number(r.probability())).collect(Collectors.joining("|"));
  }

  private int shownOf(Task task) {
    return top == null ? 0 : Math.min(top, task.labels().size());
  }

  /** With the digits that a single-precision number has. */
  private static String number(double probability) {
    return Float.toString((float) probability);
  }
}
