package org.pmf4j.core.data;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.json.JsonReader;
import org.pmf4j.api.json.NotJson;
import org.pmf4j.api.table.Blank;
import org.pmf4j.api.table.Cell;

/**
 * What stands in a row's label cell, without white space at the ends. Immutable, so that any number
 * of threads may share it.
 *
 * @param parts the labels of a list, which may be none and each of which may contain anything; else
 *     the one text that was written
 * @param listed whether it was written as a list
 */
public record Label(List<String> parts, boolean listed) {
  /** Copies the list. */
  public Label {
    parts = List.copyOf(parts);
  }

  /** A label that was written as one text. */
  public static Label of(String text) {
    return new Label(List.of(text), false);
  }

  /** Labels that were written as a list. */
  public static Label listed(List<String> parts) {
    return new Label(parts, true);
  }

  /**
   * The one label that a row of most tasks has.
   *
   * @throws PmfException if it is a list of none or of several
   */
  public String one() {
    if (parts.size() != 1) {
      throw PmfException.input(
          parts.isEmpty()
              ? "an empty list; one label is needed (lists go with --task multi-label)"
              : String.format(
                  Locale.ROOT,
                  "a list of %d; one label is needed (lists go with --task multi-label)",
                  parts.size()));
    }
    return parts.get(0);
  }

  /**
   * Any number of labels: the elements of a list, else those between bars of the text, of which a
   * bar alone has none. A text in brackets is a list in JSON's or Python's spelling, which is how
   * other tools put lists into CSV.
   *
   * @throws PmfException if one of them is blank, or brackets hold no such list
   */
  public List<String> several() {
    if (listed) {
      return parts;
    }
    String text = parts.get(0);
    if (text.equals("|")) {
      return List.of();
    }
    if (text.startsWith("[") && text.endsWith("]")) {
      return bracketed(text);
    }
    List<String> found = Arrays.stream(text.split("\\|", -1)).map(Blank::strip).toList();
    if (found.contains("")) {
      throw PmfException.input(
          "label " + Quote.value(text) + " has an empty part; write labels as a|b, and none as |");
    }
    return found;
  }

  /**
   * Labels as one text that {@link #several} takes apart again.
   *
   * @param labels some of those of a task
   * @param all of the task, by which is decided how all texts of the task are written
   * @return with bars between them, or as a JSON list where one of all contains a bar or could be
   *     taken for a list
   */
  public static String text(List<String> labels, List<String> all) {
    boolean ambiguous =
        all.stream().anyMatch(l -> l.contains("|") || l.startsWith("[") || l.endsWith("]"));
    return ambiguous
        ? new Cell.Items(labels.stream().map(Cell::of).toList()).json()
        : String.join("|", labels);
  }

  private static List<String> bracketed(String text) {
    List<Cell> items =
        json(text).or(() -> PythonLiteral.list(text)).orElseThrow(() -> noList(text));
    if (!items.stream().allMatch(Label::isLabel)) {
      throw noList(text);
    }
    return items.stream().map(item -> Blank.strip(item.text())).toList();
  }

  private static Optional<List<Cell>> json(String text) {
    try (JsonReader<Cell> reader = new JsonReader<>(new StringReader(text), CellValues.INSTANCE)) {
      return reader.value() instanceof Cell.Items list
          ? Optional.of(list.items())
          : Optional.empty();
    } catch (NotJson e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isLabel(Cell item) {
    return item instanceof Cell.Scalar scalar && !scalar.isNoNumber() && !Blank.is(scalar.text());
  }

  private static PmfException noList(String text) {
    return PmfException.input(
        "label "
            + Quote.value(text)
            + " is no list of labels; write it as [\"a\",\"b\"], or as a|b");
  }
}
