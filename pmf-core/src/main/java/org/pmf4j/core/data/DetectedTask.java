package org.pmf4j.core.data;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;

/**
 * The kind of task that labels look like, where nobody has said it. Lists, and texts with {@code |}
 * in them, are several labels. Numbers are a quantity if one of them has a fraction, or if there
 * are many different ones for so many rows; else they number classes, as all other texts name them.
 * Immutable, so that any number of threads may share it.
 *
 * @param kind one of {@link Task#KINDS}
 * @param reason what was seen, such as {@code 3 different labels}
 */
public record DetectedTask(String kind, String reason) {
  /** More whole numbers than these may be a quantity. */
  private static final int CLASSES = 20;

  /** Whole numbers that are this share of the rows or more are a quantity. */
  private static final double QUANTITY = 0.05;

  /**
   * Looks at labels. The same rows in another order give the same kind.
   *
   * @param examples of which those without a label tell nothing
   */
  public static DetectedTask of(List<Example> examples) {
    Labels labels = new Labels();
    for (Example example : examples) {
      Optional<DetectedTask> several = example.label().flatMap(l -> several(example, l));
      if (several.isPresent()) {
        return several.get();
      }
      example.label().ifPresent(l -> labels.add(l.parts().get(0)));
    }
    return labels.task();
  }

  private static Optional<DetectedTask> several(Example example, Label label) {
    if (label.listed()) {
      return Optional.of(new DetectedTask(Task.MULTI_LABEL, example.labelCell() + ": a list"));
    }
    return isSeveral(label)
        ? Optional.of(
            new DetectedTask(
                Task.MULTI_LABEL, example.labelCell() + ": " + Quote.value(label.parts().get(0))))
        : Optional.empty();
  }

  /** As {@link Label#several} takes texts apart; what it refuses is one label. */
  private static boolean isSeveral(Label label) {
    String text = label.parts().get(0);
    try {
      return !label.several().equals(List.of(text));
    } catch (PmfException e) {
      return false;
    }
  }

  /** What is seen of labels that are one text each. */
  private static final class Labels {
    private final Set<String> texts = new HashSet<>();
    private final Set<Double> numbers = new HashSet<>();
    private int rows;
    private boolean numeric = true;
    private Optional<String> fraction = Optional.empty();

    void add(String text) {
      rows++;
      texts.add(text);
      OptionalDouble number = numeric ? Task.Regression.number(text) : OptionalDouble.empty();
      if (number.isEmpty()) {
        numeric = false;
        return;
      }
      numbers.add(number.getAsDouble());
      if (fraction.isEmpty() && number.getAsDouble() != Math.rint(number.getAsDouble())) {
        fraction = Optional.of(text);
      }
    }

    DetectedTask task() {
      if (!numeric || texts.isEmpty()) {
        return new DetectedTask(
            Task.SINGLE_LABEL, String.format(Locale.ROOT, "%,d different labels", texts.size()));
      }
      if (fraction.isPresent()) {
        return new DetectedTask(
            Task.REGRESSION, "all labels are numbers, such as " + Quote.value(fraction.get()));
      }
      String seen =
          String.format(
              Locale.ROOT, "%,d different whole numbers in %,d rows", numbers.size(), rows);
      boolean quantity = numbers.size() > CLASSES && numbers.size() >= QUANTITY * rows;
      return new DetectedTask(quantity ? Task.REGRESSION : Task.SINGLE_LABEL, seen);
    }
  }
}
