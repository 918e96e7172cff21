package org.pmf4j.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBDriver;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.natives.TemporaryLibrary;
import org.pmf4j.api.table.TableRequest;
import org.pmf4j.api.table.TableRows;

/**
 * An open database. It uses one thread, since the order in which several give rows is not always
 * the same, and what is trained depends on it. For one thread at a time.
 */
final class Database implements AutoCloseable {
  private static final String MEMORY = "1GB";
  private static final String OUT_OF_MEMORY = "out of memory";
  private static final int TABLES_SHOWN = 10;

  /** What DuckDB says of a query, behind the name of the kind of error; the driver says else. */
  private static final Pattern OWN_WORDS = Pattern.compile("(?:[A-Za-z_]+ )*Error: (.*)");

  /** What is wrong where a statement of this module fails. */
  enum Trouble {
    /** The file. */
    DAMAGED,
    /** What the user asked. */
    QUERY
  }

  private final String location;
  private final Trouble trouble;
  private final Connection connection;

  private Database(String location, Trouble trouble, Connection connection) {
    this.location = location;
    this.trouble = trouble;
    this.connection = connection;
  }

  /**
   * A database of nothing, to read files by.
   *
   * @param location for messages
   */
  static Database inMemory(String location, Trouble trouble) {
    return open(location, "jdbc:duckdb:", trouble, new Properties());
  }

  /** A database in a file, which is not changed. */
  static Database ofFile(Path file) {
    Properties properties = new Properties();
    properties.setProperty("duckdb.read_only", "true");
    return open(file.toString(), "jdbc:duckdb:" + file.toAbsolutePath(), Trouble.QUERY, properties);
  }

  private static Database open(
      String location, String url, Trouble trouble, Properties properties) {
    properties.setProperty("jdbc_stream_results", "true");
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty("allow_community_extensions", "false");
    properties.setProperty("threads", "1");
    properties.setProperty("memory_limit", MEMORY);
    properties.setProperty("temp_directory", System.getProperty("java.io.tmpdir"));
    try {
      Connection connection = new DuckDBDriver().connect(url, properties);
      TemporaryLibrary.forget("libduckdb_java");
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TimeZone = 'UTC'");
        statement.execute("SET lock_configuration = true");
      }
      return new Database(location, trouble, connection);
    } catch (SQLException e) {
      throw PmfException.input(
          location
              + ": cannot be opened as a DuckDB database: it is none, damaged, of another version,"
              + " or open for writing elsewhere",
          e);
    } catch (LinkageError e) {
      throw PmfException.environment(
          location + ": DuckDB has no native library for this system, or cannot unpack it", e);
    }
  }

  /**
   * Rows of a statement, which has not been run yet.
   *
   * @param source what stands behind FROM
   * @return rows that close this database
   */
  TableRows rows(String source, TableRequest request) {
    try {
      List<Column> columns = columns(source);
      for (Column column : columns) {
        if (request.read().contains(column.name())) {
          column.requireReadable(location);
        }
      }
      return new QueryRows(this, source, columns, request);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private List<Column> columns(String source) {
    List<Column> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("DESCRIBE SELECT * FROM " + source)) {
      while (result.next()) {
        columns.add(Column.of(result.getString("column_name"), result.getString("column_type")));
      }
    } catch (SQLException e) {
      throw failure(e);
    }
    return columns;
  }

  /** Starts a statement; the caller closes what is returned. */
  ResultSet run(String select) throws SQLException {
    Statement statement = connection.createStatement();
    statement.closeOnCompletion();
    return statement.executeQuery(select);
  }

  /** What is said where no query is given. */
  PmfException withoutQuery() {
    List<String> tables = new ArrayList<>();
    try (ResultSet result = run("SELECT table_name FROM duckdb_tables() ORDER BY ALL")) {
      while (result.next() && tables.size() <= TABLES_SHOWN) {
        tables.add(Quote.name(result.getString(1)));
      }
    } catch (SQLException e) {
      throw failure(e);
    }
    return PmfException.usage(
        String.format(
            Locale.ROOT,
            "%s: a database; say what to read by --query, such as --query 'SELECT * FROM %s'%s",
            location,
            tables.isEmpty() ? "NAME" : tables.get(0),
            tables.size() < 2 ? "" : "; its tables: " + String.join(", ", tables)));
  }

  /** What went wrong, in one line. */
  PmfException failure(SQLException e) {
    return told(e, location + ": ");
  }

  /** What went wrong with a row whose place the caller adds. */
  PmfException failureOfRow(SQLException e) {
    return told(e, "");
  }

  private PmfException told(SQLException e, String place) {
    String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    if (said.toLowerCase(Locale.ROOT).contains(OUT_OF_MEMORY)) {
      return new PmfException(
          ErrorKind.ENVIRONMENT,
          location + ": reading it takes more than the " + MEMORY + " that DuckDB may use",
          e);
    }
    if (trouble == Trouble.DAMAGED) {
      return PmfException.input(
          place
              + "the Parquet file is damaged, or written in a way that DuckDB cannot read; write it"
              + " anew",
          e);
    }
    Matcher own = OWN_WORDS.matcher(said);
    return PmfException.input(
        place
            + (own.matches()
                ? "the query fails: " + Quote.plain(own.group(1))
                : "the query gives no rows; one SELECT is needed"),
        e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      return; // Nothing was written
    }
  }
}
