package org.pmf4j.cli.evaluate.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.error.Quote;
import org.pmf4j.cli.page.Previews;
import org.pmf4j.cli.page.Shown;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.core.model.Answers;
import org.pmf4j.report.Details;
import org.pmf4j.report.Remarks;
import org.pmf4j.report.Report;
import org.pmf4j.report.Section;

/** The page of an evaluation. Has no state: any thread may call it. */
public final class EvaluationPage {
  private EvaluationPage() {}

  /**
   * A page.
   *
   * @param answers what was evaluated
   * @param table what its rows are called
   * @param previews what can be seen and heard of its rows
   * @param facts what stands in the fold at the end, by name: model, table and versions
   */
  public static Report of(
      Answers answers, String table, Previews previews, Map<String, String> facts) {
    EvaluationResult result = answers.result();
    List<Section> sections = new ArrayList<>(MetricSections.of(answers));
    if (!result.notes().isEmpty()) {
      sections.add(new Remarks("", result.notes().stream().map(Shown::label).toList()));
    }
    if (!result.patterns().isEmpty()) {
      sections.add(MetricSections.patterns(result));
    }
    if (answers.task() instanceof Task.Regression) {
      sections.addAll(RegressionSections.of(answers));
    } else {
      sections.addAll(ClassSections.of(result));
      sections.addAll(CurveSections.of(answers));
    }
    sections.addAll(new WorstRows(answers, previews).sections());
    Map<String, String> plain = new LinkedHashMap<>();
    facts.forEach((name, fact) -> plain.put(name, Quote.plain(fact)));
    sections.add(new Details("Model, table, versions", plain));
    String summary =
        String.format(
            Locale.ROOT,
            "%,d rows of %s, held against their labels: a %s task.",
            result.rows(),
            Shown.label(table),
            answers.task().kind());
    return new Report("Evaluation", summary, sections);
  }
}
