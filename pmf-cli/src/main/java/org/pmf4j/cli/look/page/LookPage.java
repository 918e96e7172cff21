package org.pmf4j.cli.look.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.error.Quote;
import org.pmf4j.cli.page.Previews;
import org.pmf4j.cli.page.Showcase;
import org.pmf4j.cli.page.Shown;
import org.pmf4j.core.look.Look;
import org.pmf4j.report.Headline;
import org.pmf4j.report.Remarks;
import org.pmf4j.report.Report;
import org.pmf4j.report.Samples;
import org.pmf4j.report.Section;

/** The page of a look. Has no state: any thread may call it. */
public final class LookPage {
  private LookPage() {}

  /**
   * A page.
   *
   * @param advice what to do with the tables
   * @param previews what can be seen and heard of values, by column
   */
  public static Report of(Look look, List<String> advice, Previews previews) {
    List<Section> sections = new ArrayList<>();
    sections.add(headline(look));
    look.end()
        .ifPresent(
            end -> sections.add(new Remarks("Not read to its end", List.of(Quote.message(end)))));
    sections.add(ColumnSections.table(look));
    sections.addAll(LabelSections.of(look));
    sections.addAll(ColumnSections.charts(look));
    Showcase showcase = new Showcase(previews);
    sections.addAll(repeats(look, showcase));
    sections.add(faults(look));
    if (!look.samples().isEmpty()) {
      List<Samples.Sample> shown =
          look.samples().stream().map(row -> sample(row, row.place(), showcase)).toList();
      sections.add(new Samples("Some rows of each class", shown));
    }
    sections.add(new Remarks("What to do", advice.stream().map(Quote::plain).toList()));
    String tables = String.join(", ", look.tables().stream().map(Shown::label).toList());
    return new Report("A look at " + tables, LookWords.rows(look) + ".", sections);
  }

  private static Headline headline(Look look) {
    List<Headline.Figure> figures = new ArrayList<>();
    figures.add(new Headline.Figure(Shown.count(look.rows()), "rows", parts(look)));
    look.labels()
        .ifPresent(
            l ->
                figures.add(
                    new Headline.Figure(
                        Shown.count(l.different()) + (l.all() ? "" : " or more"),
                        "different labels",
                        l.task())));
    long repeats = look.repeats().isEmpty() ? 0 : look.repeats().get(0).rows();
    long between =
        look.repeats().isEmpty()
            ? 0
            : look.repeats().get(0).between().values().stream().mapToLong(n -> n).sum();
    figures.add(
        new Headline.Figure(
            Shown.count(repeats),
            "rows repeat another",
            between == 0 ? "" : Shown.count(between) + " of another part"));
    figures.add(new Headline.Figure(Shown.count(look.faults().count()), "cannot be read", ""));
    return new Headline("", figures);
  }

  private static String parts(Look look) {
    return look.parts().size() < 2
        ? ""
        : String.join(
            ", ",
            look.parts().entrySet().stream()
                .map(e -> e.getKey() + " " + Shown.count(e.getValue()))
                .toList());
  }

  private static List<Section> repeats(Look look, Showcase showcase) {
    List<Section> sections = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    look.repeats().forEach(r -> LookWords.repeats(r).forEach(l -> lines.add(Quote.plain(l))));
    if (!lines.isEmpty()) {
      sections.add(new Remarks("Repeated rows", lines));
    }
    for (Look.Repeats r : look.repeats()) {
      if (!r.first().isEmpty()) {
        sections.add(
            new Samples(
                "The first that repeat: " + Shown.label(r.subject()),
                r.first().stream()
                    .map(p -> sample(p.row(), LookWords.pair(p), showcase))
                    .toList()));
      }
    }
    return sections;
  }

  private static Samples.Sample sample(Look.Sample row, String remark, Showcase showcase) {
    Showcase.Shelf shelf = showcase.of(row.values());
    List<String> remarks = new ArrayList<>(shelf.remarks());
    remarks.add(Quote.plain(remark) + ", " + row.part());
    return new Samples.Sample(
        shelf.pictures(),
        shelf.sounds(),
        shelf.text(),
        row.label().isEmpty() ? "(no label)" : Shown.label(row.label()),
        Optional.empty(),
        List.of(),
        remarks);
  }

  private static Remarks faults(Look look) {
    List<String> lines = new ArrayList<>();
    lines.add(LookWords.faults(look.faults()));
    look.faults().first().forEach(f -> lines.add(Quote.message(f)));
    return new Remarks("What cannot be read", lines);
  }
}
