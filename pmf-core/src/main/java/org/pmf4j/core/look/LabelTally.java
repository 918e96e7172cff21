package org.pmf4j.core.look;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Label;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.split.Part;

/** Counts labels, of which it holds ten thousand different ones. For one thread at a time. */
final class LabelTally {
  private static final int SHOWN = 1_000;

  /** Fewer different numbers than that may be names of classes. */
  private static final int FEW = 20;

  private final String column;
  private final Optional<String> asked;
  private final Map<String, EnumMap<Part, Long>> whole = new HashMap<>();
  private final Map<String, EnumMap<Part, Long>> single = new HashMap<>();
  private final NumberTally numbers = new NumberTally();
  private boolean full;
  private boolean listed;
  private long joined;
  private long fractions;
  private long texts;
  private long rows;
  private long missing;

  LabelTally(String column, Optional<String> asked) {
    this.column = column;
    this.asked = asked;
  }

  void add(Example example, Part part) {
    rows++;
    if (example.label().isEmpty()) {
      missing++;
      return;
    }
    Label label = example.requireLabel();
    listed |= label.listed();
    List<String> several = several(label);
    joined += several.size() > 1 && !label.listed() ? 1 : 0;
    several.forEach(one -> count(single, one, part));
    if (label.parts().size() == 1) {
      count(whole, label.parts().get(0), part);
      number(example);
    }
  }

  private static List<String> several(Label label) {
    try {
      return label.several();
    } catch (PmfException e) {
      return label.parts();
    }
  }

  private void number(Example example) {
    try {
      double value = Task.Regression.number(example);
      numbers.add(value);
      fractions += value == Math.rint(value) ? 0 : 1;
    } catch (PmfException e) {
      texts++;
    }
  }

  private void count(Map<String, EnumMap<Part, Long>> counts, String label, Part part) {
    if (counts.containsKey(label) || counts.size() < ValueTally.MOST) {
      counts.computeIfAbsent(label, l -> new EnumMap<>(Part.class)).merge(part, 1L, Long::sum);
    } else {
      full = true;
    }
  }

  Look.Labels labels() {
    String task = asked.orElseGet(this::guess);
    boolean several = task.equals(Task.MULTI_LABEL);
    Map<String, EnumMap<Part, Long>> counts = several ? single : whole;
    boolean regression = task.equals(Task.REGRESSION);
    List<Look.ClassRows> classes = new ArrayList<>();
    counts.forEach((label, own) -> classes.add(new Look.ClassRows(label, own)));
    classes.sort(
        Comparator.comparingLong((Look.ClassRows c) -> -c.all())
            .thenComparing(Look.ClassRows::label));
    long once = classes.stream().filter(c -> c.all() == 1).count();
    return new Look.Labels(
        column,
        task,
        asked.map(t -> "as --task says").orElseGet(() -> reason(task)),
        missing,
        counts.size(),
        !full,
        regression ? List.of() : classes.subList(0, Math.min(SHOWN, classes.size())),
        regression ? 0 : once,
        regression ? numbers.numbers("", "") : Optional.empty());
  }

  private String guess() {
    if (listed || joined > 0) {
      return Task.MULTI_LABEL;
    }
    boolean many = whole.size() > FEW && 2L * whole.size() > rows - missing;
    return texts == 0 && rows > missing && (fractions > 0 && whole.size() > FEW || many)
        ? Task.REGRESSION
        : Task.SINGLE_LABEL;
  }

  private String reason(String task) {
    return switch (task) {
      case Task.MULTI_LABEL ->
          listed
              ? "labels are lists"
              : String.format(Locale.ROOT, "%,d rows have labels with | between them", joined);
      case Task.REGRESSION ->
          String.format(Locale.ROOT, "all labels are numbers, %,d different ones", whole.size());
      default ->
          String.format(Locale.ROOT, "%,d different labels", whole.size())
              + (full ? " or more" : "");
    };
  }
}
