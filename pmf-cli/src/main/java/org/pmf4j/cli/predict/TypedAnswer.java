package org.pmf4j.cli.predict;

import java.util.List;
import java.util.Optional;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.Prediction;

/** What was predicted, as JSON has it. Has no state: any thread may call it. */
public final class TypedAnswer {
  private TypedAnswer() {}

  /** A text, in a multi-label task a list of texts, in a regression a number. */
  public static Object prediction(Prediction p) {
    if (p.task() instanceof Task.Regression) {
      return p.value();
    }
    return p.task() instanceof Task.MultiLabel ? p.labels() : p.label();
  }

  /** A number, in a multi-label task a list of numbers in the same order; none of a regression. */
  public static Optional<Object> probability(Prediction p) {
    if (p.task() instanceof Task.Regression) {
      return Optional.empty();
    }
    List<Float> all = p.held().stream().map(r -> (float) r.probability()).toList();
    return Optional.of(p.task() instanceof Task.MultiLabel ? all : all.get(0));
  }
}
