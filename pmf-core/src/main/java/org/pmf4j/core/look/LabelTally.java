package org.pmf4j.core.look;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.data.DetectedTask;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Label;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.split.Part;

/** Counts labels, of which it holds ten thousand different ones. For one thread at a time. */
final class LabelTally {
  private static final int SHOWN = 1_000;

  private final String column;
  private final Optional<String> asked;
  private final Map<String, EnumMap<Part, Long>> whole = new HashMap<>();
  private final Map<String, EnumMap<Part, Long>> single = new HashMap<>();
  private final NumberTally numbers = new NumberTally();
  private boolean full;
  private final DetectedTask.Tally task = new DetectedTask.Tally();
  private long missing;

  LabelTally(String column, Optional<String> asked) {
    this.column = column;
    this.asked = asked;
  }

  void add(Example example, Part part) {
    if (example.label().isEmpty()) {
      missing++;
      return;
    }
    Label label = example.requireLabel();
    task.add(example);
    several(label).forEach(one -> count(single, one, part));
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
      numbers.add(Task.Regression.number(example));
    } catch (PmfException e) {
      return; // a name
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
    DetectedTask seen =
        asked.map(kind -> new DetectedTask(kind, "as --task says")).orElseGet(task::task);
    boolean several = seen.kind().equals(Task.MULTI_LABEL);
    Map<String, EnumMap<Part, Long>> counts = several ? single : whole;
    boolean regression = seen.kind().equals(Task.REGRESSION);
    List<Look.ClassRows> classes = new ArrayList<>();
    counts.forEach((label, own) -> classes.add(new Look.ClassRows(label, own)));
    classes.sort(
        Comparator.comparingLong((Look.ClassRows c) -> -c.all())
            .thenComparing(Look.ClassRows::label));
    long once = classes.stream().filter(c -> c.all() == 1).count();
    return new Look.Labels(
        column,
        seen.kind(),
        seen.reason(),
        missing,
        counts.size(),
        !full,
        regression ? List.of() : classes.subList(0, Math.min(SHOWN, classes.size())),
        regression ? 0 : once,
        regression ? numbers.numbers("", "") : Optional.empty());
  }
}
