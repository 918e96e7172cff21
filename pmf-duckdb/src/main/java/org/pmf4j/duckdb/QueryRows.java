package org.pmf4j.duckdb;

import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.table.Cell;
import org.pmf4j.api.table.Cell.Kind;
import org.pmf4j.api.table.TableRequest;
import org.pmf4j.api.table.TableRows;

/**
 * The rows of a statement, as they come: a few thousand are in memory at once. The statement begins
 * with the first row that is asked for.
 */
final class QueryRows implements TableRows {
  private final Database database;
  private final List<Column> columns;
  private final List<Reader> readers = new ArrayList<>();
  private final List<String> selected = new ArrayList<>();
  private final String source;
  private ResultSet result;

  /** Makes a cell of the current row. */
  @FunctionalInterface
  private interface Reader {
    Cell read(ResultSet row) throws SQLException;
  }

  QueryRows(Database database, String source, List<Column> columns, TableRequest request) {
    this.database = database;
    this.source = source;
    this.columns = List.copyOf(columns);
    for (Column column : columns) {
      boolean read = request.read().contains(column.name());
      readers.add(read ? read(column) : request.others() ? shown(column) : row -> Cell.none());
    }
  }

  private int select(String expression) {
    selected.add(expression);
    return selected.size();
  }

  /** A cell that an encoder or a label needs. */
  private Reader read(Column column) {
    String name = Sql.name(column.name());
    return switch (column.form()) {
      case BYTES -> {
        int at = select(name);
        yield row -> bytes("", row.getBlob(at));
      }
      case FILE -> {
        int bytes = select(name + ".bytes");
        int path = select("CAST(" + name + ".path AS VARCHAR)");
        yield row ->
            file(row.getObject(bytes) == null ? null : row.getBlob(bytes), row.getString(path));
      }
      case LIST -> {
        int at = select(name);
        yield row -> list(row.getArray(at));
      }
      default -> scalar(column, name);
    };
  }

  private Reader scalar(Column column, String name) {
    Kind kind =
        switch (column.form()) {
          case NUMBER -> Kind.NUMBER;
          case TRUTH -> Kind.BOOLEAN;
          default -> Kind.TEXT;
        };
    boolean text = column.type().equals("VARCHAR");
    int at = select(text || kind == Kind.NUMBER ? name : "CAST(" + name + " AS VARCHAR)");
    return row -> {
      Object value = row.getObject(at);
      return value == null ? Cell.none() : new Cell.Scalar(kind, String.valueOf(value));
    };
  }

  /** A cell that is copied: nothing of bytes, and nested values as JSON. */
  private Reader shown(Column column) {
    String name = Sql.name(column.name());
    return switch (column.form()) {
      case BYTES -> row -> Cell.none();
      case FILE -> {
        int path = select("CAST(" + name + ".path AS VARCHAR)");
        yield row -> text(row.getString(path));
      }
      case LIST, OTHER -> {
        int at = select("CAST(to_json(" + name + ") AS VARCHAR)");
        yield row -> text(row.getString(at));
      }
      default -> scalar(column, name);
    };
  }

  private static Cell text(String text) {
    return text == null ? Cell.none() : Cell.of(text);
  }

  private static Cell file(Blob bytes, String path) throws SQLException {
    return bytes == null ? text(path) : bytes(path == null ? "" : path, bytes);
  }

  private static Cell bytes(String name, Blob bytes) throws SQLException {
    if (bytes == null || bytes.length() == 0) {
      return Cell.none();
    }
    return new Cell.Bytes(name, bytes.getBytes(1, Math.toIntExact(bytes.length())));
  }

  private static Cell list(Array array) throws SQLException {
    if (array == null) {
      return Cell.none();
    }
    List<Cell> items = new ArrayList<>();
    for (Object item : (Object[]) array.getArray()) {
      items.add(item(item));
    }
    return new Cell.Items(items);
  }

  private static Cell item(Object item) {
    if (item == null) {
      return Cell.none();
    }
    Kind kind =
        item instanceof Number ? Kind.NUMBER : item instanceof Boolean ? Kind.BOOLEAN : Kind.TEXT;
    return new Cell.Scalar(kind, String.valueOf(item));
  }

  @Override
  public List<String> columns() {
    return columns.stream().map(Column::name).toList();
  }

  @Override
  public List<Cell> next() {
    try {
      if (result == null) {
        String all = selected.isEmpty() ? "NULL" : String.join(", ", selected);
        result = database.run("SELECT " + all + " FROM " + source);
      }
      if (!result.next()) {
        return null;
      }
      List<Cell> cells = new ArrayList<>(readers.size());
      for (Reader reader : readers) {
        cells.add(reader.read(result));
      }
      return cells;
    } catch (SQLException e) {
      throw database.failureOfRow(e);
    } catch (ArithmeticException | NegativeArraySizeException e) {
      throw PmfException.input("a cell has more bytes than fit into memory", e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
