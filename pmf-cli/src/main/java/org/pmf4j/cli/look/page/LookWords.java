package org.pmf4j.cli.look.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pmf4j.cli.page.Shown;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.look.Kind;
import org.pmf4j.core.look.Look;
import org.pmf4j.core.look.Numbers;

/**
 * What was found in tables, in words that the terminal and the page share. Has no state: any thread
 * may call it.
 */
public final class LookWords {
  /** What a wave before a number means. */
  public static final String ESTIMATED =
      "~ of more than 10,000 values, the median is that of a sample of 10,000";

  private static final MathContext DIGITS = new MathContext(4);

  private LookWords() {}

  /** How many rows there are, and in which parts. */
  public static String rows(Look look) {
    String all = Shown.count(look.rows()) + (look.rows() == 1 ? " row" : " rows");
    return look.parts().size() < 2
        ? all
        : all
            + " ("
            + look.parts().entrySet().stream()
                .map(e -> e.getKey() + " " + Shown.count(e.getValue()))
                .collect(Collectors.joining(", "))
            + ")";
  }

  /** How many different values a column has. */
  public static String different(Look.Column column) {
    if (column.different().isPresent()) {
      return Shown.count(column.different().getAsInt());
    }
    return column.role().kind() == Kind.FILE ? "-" : "over 10,000";
  }

  /** Whether the most frequent values say something. */
  public static boolean showsValues(Look.Column column) {
    Kind kind = column.role().kind();
    return !column.frequent().isEmpty()
        && (kind == Kind.CATEGORY || kind == Kind.PART || kind == Kind.GROUP);
  }

  /** What numbers measure, such as {@code photo, width in pixels}. */
  public static String measure(String column, Numbers numbers) {
    return numbers.name().isEmpty()
        ? column
        : column + ", " + numbers.name() + " in " + numbers.unit();
  }

  /** A number with four digits that count. */
  public static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e12) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    double size = Math.abs(value);
    if (size < 1e-3 || size >= 1e9) {
      return String.format(Locale.ROOT, "%.3g", value);
    }
    return size >= 1_000
        ? String.format(Locale.ROOT, "%,.1f", value)
        : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  /** The share of the labelled rows that a class has. */
  public static String share(Look look, Look.Labels labels, Look.ClassRows of) {
    return Shown.percent((double) of.all() / Math.max(1, look.rows() - labels.missing()));
  }

  /** What labels are there, sentence by sentence. */
  public static List<String> labels(Look look, Look.Labels labels) {
    List<String> lines = new ArrayList<>();
    if (!labels.all()) {
      lines.add("There are more than 10,000 different labels; counted are the first 10,000.");
    }
    if (labels.once() > 0) {
      lines.add(
          Shown.count(labels.once())
              + (labels.once() == 1 ? " label stands" : " labels stand")
              + " in one row alone: of such a one, nothing is left to validate on.");
    }
    if (labels.task().equals(Task.SINGLE_LABEL) && !labels.classes().isEmpty()) {
      lines.add(
          "Baseline: who always says "
              + Shown.label(labels.classes().get(0).label())
              + " is right in "
              + share(look, labels, labels.classes().get(0))
              + " of the rows.");
    }
    labels
        .numbers()
        .ifPresent(
            n ->
                lines.add(
                    "Baseline: who always says "
                        + number(n.mean())
                        + " has a root mean squared error of "
                        + number(n.deviation())
                        + "."));
    return lines;
  }

  /** Which rows repeat others, sentence by sentence. */
  public static List<String> repeats(Look.Repeats repeats) {
    List<String> lines = new ArrayList<>();
    if (repeats.rows() == 0) {
      lines.add("repeated " + repeats.subject() + ": none");
    } else {
      List<String> where = new ArrayList<>();
      repeats.within().forEach((part, n) -> where.add("within " + part + " " + Shown.count(n)));
      repeats.between().forEach((both, n) -> where.add("between " + both + " " + Shown.count(n)));
      lines.add(
          "repeated "
              + repeats.subject()
              + ": "
              + Shown.count(repeats.rows())
              + (repeats.rows() == 1 ? " row repeats" : " rows repeat")
              + " one before: "
              + String.join("; ", where)
              + (repeats.otherLabel() == 0
                  ? ""
                  : "; with another label " + Shown.count(repeats.otherLabel())));
    }
    if (repeats.limited()) {
      lines.add(
          "  held against each other were the first 4,000,000 different ones, "
              + Shown.count(repeats.compared())
              + " rows");
    }
    return lines;
  }

  /** Two rows of one content. */
  public static String pair(Look.Pair pair) {
    return pair.row().place() + " is as " + pair.sameAs();
  }

  /** How much cannot be read. */
  public static String faults(Look.Faults faults) {
    return faults.count() == 0
        ? "cannot be read: none"
        : "cannot be read: "
            + Shown.count(faults.count())
            + (faults.count() == 1 ? " cell or row" : " cells or rows")
            + (faults.count() > faults.first().size() ? ", of which the first are" : "");
  }
}
