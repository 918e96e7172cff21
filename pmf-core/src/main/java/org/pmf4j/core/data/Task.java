package org.pmf4j.core.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import org.pmf4j.api.error.PmfException;

/** What labels mean, and how they become targets. */
public sealed interface Task {
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

  /** The kinds there are. */
  List<String> KINDS = List.of("single-label", "multi-label", "regression");

  /**
   * The task that training data define.
   *
   * @param kind one of {@link #KINDS}
   * @throws PmfException for an unknown kind, or labels that do not make such a task
   */
  static Task of(String kind, List<Example> examples) {
    return switch (kind) {
      case "single-label" -> new SingleLabel(classes(examples, e -> List.of(e.requireLabel())));
      case "multi-label" -> new MultiLabel(classes(examples, MultiLabel::split));
      case "regression" -> Regression.of(examples);
      default ->
          throw PmfException.usage(
              "unknown task '" + kind + "'; known: " + String.join(", ", KINDS));
    };
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
      case "single-label" -> new SingleLabel(List.copyOf(labels));
      case "multi-label" -> new MultiLabel(List.copyOf(labels));
      case "regression" -> new Regression(mean, deviation);
      default -> throw PmfException.input("unknown task '" + kind + "' in a saved model");
    };
  }

  /** Labels of all examples in alphabetical order. */
  private static List<String> classes(
      List<Example> examples, Function<Example, List<String>> labels) {
    TreeSet<String> all = new TreeSet<>();
    examples.forEach(e -> all.addAll(labels.apply(e)));
    if (all.size() < 2) {
      throw PmfException.input(
          "the training data have " + all.size() + " label " + all + "; two or more are needed");
    }
    return List.copyOf(all);
  }

  private static int index(List<String> labels, String label, Example e) {
    int i = labels.indexOf(label);
    if (i < 0) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: label '%s' is unknown to the model; known: %s",
              e.place(),
              label,
              shortened(labels)));
    }
    return i;
  }

  private static String shortened(List<String> labels) {
    int shown = Math.min(labels.size(), 20);
    String rest = labels.size() > shown ? ", … (" + labels.size() + " in all)" : "";
    return String.join(", ", labels.subList(0, shown)) + rest;
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
      t[index(labels, example.requireLabel(), example)] = 1;
      return t;
    }
  }

  /**
   * Any number of several labels, written with {@code |} between them; a {@code |} alone is a row
   * without labels.
   */
  record MultiLabel(List<String> labels) implements Task {
    @Override
    public String kind() {
      return "multi-label";
    }

    @Override
    public float[] target(Example example) {
      float[] t = new float[labels.size()];
      split(example).forEach(label -> t[index(labels, label, example)] = 1);
      return t;
    }

    static List<String> split(Example example) {
      String text = example.requireLabel().trim();
      if (text.equals("|")) {
        return List.of();
      }
      List<String> found = Arrays.stream(text.split("\\|", -1)).map(String::trim).toList();
      if (found.contains("")) {
        throw PmfException.input(
            String.format(
                Locale.ROOT,
                "%s: label '%s' has an empty part; write labels as a|b, and none as |",
                example.place(),
                text));
      }
      return found;
    }
  }

  /**
   * A number. It is trained as (y − mean) / deviation.
   *
   * @param mean of the training targets
   * @param deviation of the training targets, above 0
   */
  record Regression(double mean, double deviation) implements Task {
    static Regression of(List<Example> examples) {
      double[] y = examples.stream().mapToDouble(Regression::number).toArray();
      double mean = Arrays.stream(y).average().orElseThrow();
      double variance = Arrays.stream(y).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      if (!(variance > 0)) {
        throw PmfException.input(
            "all training targets are " + mean + "; there is nothing to learn");
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
      String text = example.requireLabel();
      try {
        double y = Double.parseDouble(text);
        if (Double.isFinite(y)) {
          return y;
        }
      } catch (NumberFormatException e) {
        // Told below, with the row.
      }
      throw PmfException.input(example.place() + ": label '" + text + "' is not a number");
    }
  }
}
