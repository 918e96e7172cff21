package org.pmf4j.core.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;

/**
 * What labels mean, and how they become targets. Immutable, so that any number of threads may share
 * it.
 */
public sealed interface Task {
  /**
   * The first of an example's labels that this task does not know; empty where it knows all, or
   * where what was written is no label at all, which {@link #target} tells.
   */
  default Optional<String> unknown(Example example) {
    if (this instanceof Regression || example.label().isEmpty()) {
      return Optional.empty();
    }
    try {
      List<String> own = this instanceof SingleLabel ? List.of(one(example)) : several(example);
      return own.stream().filter(label -> !labels().contains(label)).findFirst();
    } catch (PmfException e) {
      return Optional.empty();
    }
  }

  /** The task's name in configurations. */
  String kind();

  /** One name for each output. */
  List<String> labels();

  /**
   * A label as the vector that the outputs should reach.
   *
   * @throws PmfException naming the row, if the label is not one of this task
   */
  float[] target(Example example);

  /** One class a row. */
  String SINGLE_LABEL = "single-label";

  /** Any number of labels a row. */
  String MULTI_LABEL = "multi-label";

  /** A number a row. */
  String REGRESSION = "regression";

  /** The kinds there are. */
  List<String> KINDS = List.of(SINGLE_LABEL, MULTI_LABEL, REGRESSION);

  /**
   * The task that training data define.
   *
   * @param kind one of {@link #KINDS}
   * @throws PmfException for an unknown kind, or labels that do not make such a task
   */
  static Task of(String kind, List<Example> examples) {
    return switch (kind) {
      case SINGLE_LABEL -> new SingleLabel(classes(examples, e -> List.of(one(e))));
      case MULTI_LABEL -> new MultiLabel(classes(examples, Task::several));
      case REGRESSION -> Regression.of(examples);
      default -> throw unknown(kind);
    };
  }

  /**
   * Refuses a label of which a task of some kind could make nothing, whatever other rows have.
   *
   * @param kind one of {@link #KINDS}
   * @throws PmfException for an unknown kind, or naming the row
   */
  static void check(String kind, Example example) {
    switch (kind) {
      case SINGLE_LABEL -> one(example);
      case MULTI_LABEL -> several(example);
      case REGRESSION -> Regression.number(example);
      default -> throw unknown(kind);
    }
  }

  private static PmfException unknown(String kind) {
    return PmfException.usage(
        "unknown task " + Quote.value(kind) + "; known: " + String.join(", ", KINDS));
  }

  private static String one(Example example) {
    try {
      return example.requireLabel().one();
    } catch (PmfException e) {
      throw example.label().isEmpty() ? e : example.atLabel(e);
    }
  }

  private static List<String> several(Example example) {
    try {
      return example.requireLabel().several();
    } catch (PmfException e) {
      throw example.label().isEmpty() ? e : example.atLabel(e);
    }
  }

  /**
   * A task as it was saved.
   *
   * @param mean of a regression's targets; other tasks have none
   * @param deviation of a regression's targets; other tasks have none
   * @throws PmfException for an unknown kind
   */
  static Task saved(String kind, List<String> labels, double mean, double deviation) {
    return switch (kind) {
      case SINGLE_LABEL -> new SingleLabel(List.copyOf(labels));
      case MULTI_LABEL -> new MultiLabel(List.copyOf(labels));
      case REGRESSION -> new Regression(mean, deviation);
      default ->
          throw PmfException.input("unknown task " + Quote.value(kind) + " in a saved model");
    };
  }

  /** Labels of all examples in alphabetical order. */
  private static List<String> classes(
      List<Example> examples, Function<Example, List<String>> labels) {
    TreeSet<String> all = new TreeSet<>();
    examples.forEach(e -> all.addAll(labels.apply(e)));
    LookAlikes.warn(all);
    if (all.size() < 2) {
      throw PmfException.input(
          all.isEmpty()
              ? "the training data have no labels; two or more are needed"
              : "the training data have one label, "
                  + Quote.value(all.first())
                  + ", in all rows; two or more are needed");
    }
    return List.copyOf(all);
  }

  private static int index(List<String> labels, String label, Example e) {
    int i = labels.indexOf(label);
    if (i < 0) {
      Optional<String> meant = LookAlikes.among(labels, label);
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: label %s is unknown to the model; known: %s%s",
              e.labelCell(),
              Quote.value(label),
              shortened(labels),
              meant.map(m -> "; is " + Quote.value(m) + " meant?").orElse("")));
    }
    return i;
  }

  private static String shortened(List<String> labels) {
    int shown = Math.min(labels.size(), 20);
    String rest = labels.size() > shown ? ", … (" + labels.size() + " in all)" : "";
    return labels.stream().limit(shown).map(Quote::name).collect(Collectors.joining(", ")) + rest;
  }

  /** Exactly one of several classes. */
  record SingleLabel(List<String> labels) implements Task {
    @Override
    public String kind() {
      return "single-label";
    }

    @Override
    public float[] target(Example example) {
      float[] t = new float[labels.size()];
      t[index(labels, one(example), example)] = 1;
      return t;
    }
  }

  /**
   * Any number of several labels, written as a list or with {@code |} between them; an empty list,
   * or a {@code |} alone, is a row without labels. See {@link Label#several}.
   */
  record MultiLabel(List<String> labels) implements Task {
    @Override
    public String kind() {
      return "multi-label";
    }

    @Override
    public float[] target(Example example) {
      float[] t = new float[labels.size()];
      several(example).forEach(label -> t[index(labels, label, example)] = 1);
      return t;
    }
  }

  /**
   * A number. It is trained as (y − mean) / deviation.
   *
   * @param mean of the training targets
   * @param deviation of the training targets, above 0
   */
  record Regression(double mean, double deviation) implements Task {
    /**
     * As CSV and JSON have it: not Java's other spellings, such as {@code 1f} and {@code 0x1p3}.
     */
    private static final Pattern NUMBER =
        Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?");

    static Regression of(List<Example> examples) {
      double[] y = examples.stream().mapToDouble(Regression::number).toArray();
      double mean = Arrays.stream(y).average().orElseThrow();
      double variance = Arrays.stream(y).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      if (!(variance > 0)) {
        throw PmfException.input(
            "column "
                + Quote.name(examples.get(0).columns().label())
                + ": all training targets are "
                + mean
                + "; there is nothing to learn");
      }
      return new Regression(mean, Math.sqrt(variance));
    }

    @Override
    public String kind() {
      return "regression";
    }

    @Override
    public List<String> labels() {
      return List.of("value");
    }

    @Override
    public float[] target(Example example) {
      return new float[] {(float) ((number(example) - mean) / deviation)};
    }

    /** The number that an output stands for. */
    public double restore(double output) {
      return output * deviation + mean;
    }

    /** An example's label as a number. */
    public static double number(Example example) {
      String text = one(example);
      if (NUMBER.matcher(text).matches()) {
        double y = Double.parseDouble(text);
        if (Double.isFinite(y)) {
          return y;
        }
      }
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: label %s is not a finite number, written as -1.5 or 2e3",
              example.labelCell(),
              Quote.value(text)));
    }
  }
}
