package org.pmf4j.core.data;

import java.util.List;
import java.util.Map;
import org.pmf4j.api.json.ValueFactory;
import org.pmf4j.api.table.Cell;

/** Makes cells of JSON; numbers are kept as they are written. */
enum CellValues implements ValueFactory<Cell> {
  INSTANCE;

  @Override
  public Cell text(String text) {
    return Cell.of(text);
  }

  @Override
  public Cell number(String written) {
    return new Cell.Scalar(Cell.Kind.NUMBER, written);
  }

  @Override
  public Cell flag(boolean value) {
    return new Cell.Scalar(Cell.Kind.BOOLEAN, String.valueOf(value));
  }

  @Override
  public Cell nothing() {
    return Cell.none();
  }

  @Override
  public Cell list(List<Cell> elements) {
    return new Cell.Items(elements);
  }

  @Override
  public Cell object(Map<String, Cell> fields) {
    return new Cell.Fields(fields);
  }
}
