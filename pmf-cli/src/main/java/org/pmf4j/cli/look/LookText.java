package org.pmf4j.cli.look;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pmf4j.api.error.Quote;
import org.pmf4j.cli.console.Facts;
import org.pmf4j.cli.console.TextTable;
import org.pmf4j.cli.look.page.LookWords;
import org.pmf4j.cli.page.Shown;
import org.pmf4j.core.look.Look;
import org.pmf4j.core.look.Numbers;
import org.pmf4j.core.split.Part;

/** A look for a terminal. */
final class LookText {
  private static final int CLASSES = 20;
  private static final int VALUES = 5;

  private final Look look;
  private final PrintStream out;

  private LookText(Look look, PrintStream out) {
    this.look = look;
    this.out = out;
  }

  static void print(Look look, List<String> advice, PrintStream out) {
    LookText text = new LookText(look, out);
    text.rows();
    text.columns();
    text.numbers();
    text.labels();
    text.repeats();
    text.faults();
    out.println();
    advice.forEach(line -> out.println(Quote.plain(line)));
  }

  private void rows() {
    out.println(Quote.plain(String.join(", ", look.tables())) + ": " + LookWords.rows(look));
    look.end().ifPresent(end -> out.println("not read to its end: " + Quote.message(end)));
  }

  private void columns() {
    TextTable table =
        new TextTable("column", "holds", "read by", "because", "blank", "different").words(4);
    for (Look.Column c : look.columns()) {
      table.row(
          c.name(),
          c.role().kind().toString(),
          c.role().modality().orElse("-"),
          c.role().reason(),
          Shown.count(c.missing()),
          LookWords.different(c));
    }
    out.println();
    table.print(out);
    List<Look.Column> valued =
        look.columns().stream().filter(c -> LookWords.showsValues(c)).toList();
    if (!valued.isEmpty()) {
      Facts facts = new Facts();
      valued.forEach(
          c ->
              facts.add(
                  Shown.label(c.name()),
                  c.frequent().stream()
                      .limit(VALUES)
                      .map(f -> Shown.label(f.value()) + " " + Shown.count(f.rows()))
                      .collect(Collectors.joining(", "))));
      out.println();
      out.println("most frequent");
      facts.print(out);
    }
  }

  private void numbers() {
    TextTable table = new TextTable("measure", "min", "median", "max", "mean");
    boolean estimated = false;
    boolean some = false;
    for (Look.Column c : look.columns()) {
      for (Numbers n : c.numbers()) {
        table.row(
            LookWords.measure(c.name(), n),
            LookWords.number(n.min()),
            median(n),
            LookWords.number(n.max()),
            LookWords.number(n.mean()));
        estimated |= n.estimated();
        some = true;
      }
    }
    if (some) {
      out.println();
      table.print(out);
      if (estimated) {
        out.println(LookWords.ESTIMATED);
      }
    }
  }

  private static String median(Numbers n) {
    return (n.estimated() ? "~" : "") + LookWords.number(n.median());
  }

  private void labels() {
    if (look.labels().isEmpty()) {
      return;
    }
    Look.Labels labels = look.labels().get();
    out.println();
    out.println(
        String.format(
            Locale.ROOT,
            "labels in column %s: %s (%s)%s",
            Quote.name(labels.column()),
            labels.task(),
            labels.reason(),
            labels.missing() == 0 ? "" : ", blank in " + Shown.count(labels.missing())));
    labels
        .numbers()
        .ifPresent(
            n -> {
              new TextTable("measure", "min", "median", "max", "mean")
                  .row(
                      labels.column(),
                      LookWords.number(n.min()),
                      median(n),
                      LookWords.number(n.max()),
                      LookWords.number(n.mean()))
                  .print(out);
            });
    if (!labels.classes().isEmpty()) {
      classes(labels);
    }
    LookWords.labels(look, labels).forEach(out::println);
  }

  private void classes(Look.Labels labels) {
    List<Part> parts = look.parts().size() > 1 ? List.copyOf(look.parts().keySet()) : List.of();
    List<String> header = new ArrayList<>(List.of("class", "rows", "share"));
    parts.forEach(p -> header.add(p.toString()));
    TextTable table = new TextTable(header.toArray(String[]::new));
    labels.classes().stream()
        .limit(CLASSES)
        .forEach(
            c -> {
              List<String> row =
                  new ArrayList<>(
                      List.of(c.label(), Shown.count(c.all()), LookWords.share(look, labels, c)));
              parts.forEach(p -> row.add(Shown.count(c.rows().getOrDefault(p, 0L))));
              table.row(row.toArray(String[]::new));
            });
    table.print(out);
    if (labels.different() > CLASSES) {
      out.println("and " + Shown.count(labels.different() - CLASSES) + " more");
    }
  }

  private void repeats() {
    out.println();
    for (Look.Repeats r : look.repeats()) {
      LookWords.repeats(r).forEach(line -> out.println(Quote.plain(line)));
      for (Look.Pair pair : r.first()) {
        out.println("  " + Quote.plain(LookWords.pair(pair)));
      }
    }
  }

  private void faults() {
    out.println(LookWords.faults(look.faults()));
    look.faults().first().forEach(f -> out.println("  " + Quote.message(f)));
  }
}
