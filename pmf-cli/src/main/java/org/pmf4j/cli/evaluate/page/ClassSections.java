package org.pmf4j.cli.evaluate.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.pmf4j.cli.page.Shown;
import org.pmf4j.core.metrics.ClassScores;
import org.pmf4j.core.metrics.ConfusionMatrix;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.report.ConfusionTable;
import org.pmf4j.report.DataTable;
import org.pmf4j.report.Section;

/** The classes: which is told how well, and which is taken for which. */
final class ClassSections {
  private static final int MOST_CLASSES = 200;

  /** A larger matrix is wider than a page and has more empty cells than others. */
  private static final int LARGEST_MATRIX = 30;

  /** In a smaller one the large numbers are seen at once. */
  private static final int EASY_MATRIX = 10;

  private static final int PAIRS = 20;

  private ClassSections() {}

  static List<Section> of(EvaluationResult result) {
    List<Section> sections = new ArrayList<>();
    result.confusion().ifPresent(c -> sections.addAll(confusion(c)));
    sections.add(classes(result.classes()));
    return sections;
  }

  private static List<Section> confusion(ConfusionMatrix matrix) {
    List<Section> sections = new ArrayList<>();
    int classes = matrix.labels().size();
    if (classes <= LARGEST_MATRIX) {
      List<String> labels = matrix.labels().stream().map(Shown::label).toList();
      sections.add(new ConfusionTable("Confusion matrix", labels, matrix.counts()));
    }
    List<List<String>> pairs =
        matrix.mostConfused(PAIRS).stream()
            .map(
                c ->
                    List.of(
                        Shown.label(c.truth()),
                        Shown.label(c.prediction()),
                        Shown.count(c.rows()),
                        Shown.percent(c.share())))
            .toList();
    if (!pairs.isEmpty() && classes > EASY_MATRIX) {
      sections.add(
          new DataTable(
              "Most confused",
              List.of(
                  new DataTable.Column("Class", DataTable.Align.TEXT),
                  new DataTable.Column("Taken for", DataTable.Align.TEXT),
                  new DataTable.Column("Rows", DataTable.Align.NUMBER),
                  new DataTable.Column("Of the class", DataTable.Align.NUMBER)),
              pairs));
    }
    return sections;
  }

  private static DataTable classes(List<ClassScores> all) {
    List<ClassScores> shown = all;
    String title = "Classes";
    if (all.size() > MOST_CLASSES) {
      shown =
          all.stream()
              .sorted(Comparator.comparingDouble(ClassScores::f1))
              .limit(MOST_CLASSES)
              .toList();
      title =
          String.format(
              Locale.ROOT, "Classes: the %d of %,d with the smallest F1", MOST_CLASSES, all.size());
    }
    return new DataTable(
        title,
        Shown.columns("Class", "Precision", "Recall", "F1", "Rows"),
        shown.stream()
            .map(
                c ->
                    List.of(
                        Shown.label(c.label()),
                        Shown.number(c.precision()),
                        Shown.number(c.recall()),
                        Shown.number(c.f1()),
                        Shown.count(c.support())))
            .toList());
  }
}
