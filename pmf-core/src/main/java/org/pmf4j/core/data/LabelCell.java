package org.pmf4j.core.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.table.Blank;
import org.pmf4j.api.table.Cell;

/** Reads the cell of a label: numbers and booleans by how they are written. */
final class LabelCell {
  private LabelCell() {}

  /**
   * Its label.
   *
   * @return empty if it is blank and need not be there
   * @throws PmfException saying what is wrong, without the place
   */
  static Optional<Label> read(Cell cell, boolean required) {
    if (cell instanceof Cell.Items items) {
      List<String> parts = new ArrayList<>();
      for (Cell item : items.items()) {
        parts.add(element(item, parts.size() + 1));
      }
      return Optional.of(Label.listed(parts));
    }
    if (cell instanceof Cell.Fields || cell instanceof Cell.Bytes) {
      throw PmfException.input(
          (cell instanceof Cell.Bytes ? "bytes" : "an object")
              + "; a text, a number or a list of labels is needed");
    }
    if (cell.isBlank()) {
      if (required) {
        throw PmfException.input(
            "the cell is blank (a row of several labels that has none is written as |, or [] in"
                + " JSON)");
      }
      return Optional.empty();
    }
    return Optional.of(Label.of(text((Cell.Scalar) cell)));
  }

  private static String element(Cell cell, int number) {
    if (cell instanceof Cell.Scalar scalar && !scalar.isBlank()) {
      return text(scalar);
    }
    throw PmfException.input(
        String.format(
            Locale.ROOT,
            "element %d of the list is %s; labels are texts or numbers",
            number,
            cell instanceof Cell.Scalar
                ? "blank"
                : cell instanceof Cell.Items ? "a list" : "an object"));
  }

  private static String text(Cell.Scalar scalar) {
    if (scalar.isNoNumber()) {
      throw PmfException.input(scalar.text() + " is no label");
    }
    CellSource.requireCharacters(scalar.text());
    return Blank.strip(scalar.text());
  }
}
