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

  /** Different labels that are held; of more, all that is known is that they are more. */
  private static final int MOST = 10_000;

  /**
   * Looks at labels. The same rows in another order give the same kind.
   *
   * @param examples of which those without a label tell nothing
   */
  public static DetectedTask of(List<Example> examples) {
    Tally tally = new Tally();
    examples.forEach(tally::add);
    return tally.task();
  }

  /**
   * What is seen of labels that come one after the other; holds ten thousand of them at most. For
   * one thread at a time.
   */
  public static final class Tally {
    private final Set<String> texts = new HashSet<>();
    private final Set<Double> numbers = new HashSet<>();
    private long rows;
    private boolean more;
    private boolean numeric = true;
    private Optional<String> several = Optional.empty();
    private Optional<String> fraction = Optional.empty();

    /** Looks at one more. */
    public void add(Example example) {
      if (example.label().isEmpty() || several.isPresent()) {
        return;
      }
      Label label = example.requireLabel();
      if (label.listed()) {
        several = Optional.of(example.labelCell() + ": a list");
      } else if (isSeveral(label)) {
        several = Optional.of(example.labelCell() + ": " + Quote.value(label.parts().get(0)));
      } else {
        add(label.parts().get(0));
      }
    }

    private void add(String text) {
      rows++;
      more |= !texts.contains(text) && texts.size() >= MOST;
      if (texts.size() < MOST) {
        texts.add(text);
      }
      OptionalDouble number = numeric ? Task.Regression.number(text) : OptionalDouble.empty();
      if (number.isEmpty()) {
        numeric = false;
        return;
      }
      if (numbers.size() < MOST) {
        numbers.add(number.getAsDouble());
      }
      if (fraction.isEmpty() && number.getAsDouble() != Math.rint(number.getAsDouble())) {
        fraction = Optional.of(text);
      }
    }

    /** What they look like so far. */
    public DetectedTask task() {
      if (several.isPresent()) {
        return new DetectedTask(Task.MULTI_LABEL, several.get());
      }
      String orMore = more ? " or more" : "";
      if (!numeric || texts.isEmpty()) {
        return new DetectedTask(
            Task.SINGLE_LABEL,
            String.format(Locale.ROOT, "%,d%s different labels", texts.size(), orMore));
      }
      if (fraction.isPresent()) {
        return new DetectedTask(
            Task.REGRESSION, "all labels are numbers, such as " + Quote.value(fraction.get()));
      }
      String seen =
          String.format(
              Locale.ROOT,
              "%,d%s different whole numbers in %,d rows",
              numbers.size(),
              orMore,
              rows);
      boolean many = more || numbers.size() > CLASSES && numbers.size() >= QUANTITY * rows;
      return new DetectedTask(many ? Task.REGRESSION : Task.SINGLE_LABEL, seen);
    }
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
}
