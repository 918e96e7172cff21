package org.pmf4j.duckdb;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.table.TableFormat;
import org.pmf4j.api.table.TableRequest;
import org.pmf4j.api.table.TableRows;

/** What a DuckDB database answers to a query. The database is opened to be read alone. */
final class DatabaseFormat implements TableFormat {
  private static final String SCHEME = "jdbc:duckdb:";

  @Override
  public String name() {
    return "duckdb";
  }

  @Override
  public String description() {
    return "a query over a DuckDB database, or over files that DuckDB reads";
  }

  @Override
  public List<String> endings() {
    return List.of(".duckdb", ".ddb");
  }

  @Override
  public List<String> schemes() {
    return List.of(SCHEME);
  }

  @Override
  public TableRows open(TableRequest request) {
    Database database = database(request.location());
    try {
      String query = request.query().orElseThrow(() -> database.withoutQuery());
      String select = Sql.withoutEnd(query);
      if (select.isBlank()) {
        throw PmfException.usage(request.location() + ": the query is blank");
      }
      return database.rows("(" + select + "\n)", request);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static Database database(String location) {
    boolean url = location.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    String path = url ? location.substring(SCHEME.length()) : location;
    if (path.contains(";")) {
      throw PmfException.usage(
          Quote.value(location) + ": options behind ; are not taken; name a file alone");
    }
    if (url && (path.isBlank() || path.equals(":memory:"))) {
      return Database.inMemory(location, Database.Trouble.QUERY);
    }
    try {
      Path file = Path.of(path);
      if (!Files.isRegularFile(file)) {
        throw PmfException.input(file + ": no such file");
      }
      return Database.ofFile(file);
    } catch (InvalidPathException e) {
      throw PmfException.usage(Quote.value(location) + ": names no file of a database");
    }
  }
}
