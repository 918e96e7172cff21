package org.pmf4j.serve.answer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.pool.PoolModel;

/** What a model says, as JSON. Has no state: any thread may call it. */
public final class AnswerJson {
  private AnswerJson() {}

  /** A prediction: its label, labels or value, its probabilities, and what the record lacks. */
  static Map<String, Object> of(PoolModel model, Example record, Prediction p) {
    Map<String, Object> answer = said(p);
    if (!(p.task() instanceof Task.Regression)) {
      answer.put("probabilities", probabilities(p));
    }
    answer.put("missing", missing(model, record));
    return answer;
  }

  /** The label, labels or value alone. */
  static Map<String, Object> said(Prediction p) {
    Map<String, Object> answer = new LinkedHashMap<>();
    if (p.task() instanceof Task.Regression) {
      answer.put("value", p.value());
    } else if (p.task() instanceof Task.MultiLabel) {
      answer.put("labels", p.labels());
    } else {
      answer.put("label", p.label());
    }
    return answer;
  }

  /** With the digits that a single-precision number has. */
  static Map<String, Float> probabilities(Prediction p) {
    Map<String, Float> all = new LinkedHashMap<>();
    p.probabilities().forEach((label, value) -> all.put(label, value.floatValue()));
    return all;
  }

  private static List<String> missing(PoolModel model, Example record) {
    return model.modalities().names().stream().filter(m -> record.source(m).isEmpty()).toList();
  }
}
