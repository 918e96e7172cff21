package org.pmf4j.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.table.Cell;
import org.pmf4j.api.table.TableRequest;
import org.pmf4j.api.table.TableRows;

@DisplayName("Databases")
class DatabaseTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void database() throws SQLException {
    file = folder.resolve("ads.duckdb");
    try (Connection c = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement s = c.createStatement()) {
      s.execute("CREATE TABLE ads AS SELECT 'a' || i AS title, i AS n FROM range(5) r(i)");
      s.execute("CREATE TABLE topics AS SELECT 1 AS n");
    }
  }

  private static List<List<Cell>> rows(String location, String query, String... read) {
    try (TableRows rows =
        new DatabaseFormat()
            .open(new TableRequest(location, Optional.ofNullable(query), Set.of(read), false))) {
      List<List<Cell>> all = new ArrayList<>();
      for (List<Cell> row = rows.next(); row != null; row = rows.next()) {
        all.add(row);
      }
      return all;
    }
  }

  @Test
  @DisplayName("are asked, as files or by URL, and stay as they are")
  void asked() throws IOException {
    byte[] before = Files.readAllBytes(file);
    String query = "SELECT title FROM ads JOIN topics USING (n); ";
    assertThat(rows(file.toString(), query, "title")).containsExactly(List.of(Cell.of("a1")));
    assertThat(rows("jdbc:duckdb:" + file, query, "title")).hasSize(1);
    assertThatThrownBy(() -> rows(file.toString(), "DROP TABLE ads", "title"))
        .isInstanceOf(PmfException.class);
    assertThat(rows(file.toString(), "SELECT * FROM ads -- all", "title")).hasSize(5);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  @DisplayName("leave no library in the temporary folder, also where the process is killed")
  @EnabledOnOs(OS.LINUX)
  void leaveNoLibrary() throws IOException {
    assertThat(rows(file.toString(), "SELECT * FROM ads", "title")).hasSize(5);
    try (Stream<String> mapped = Files.lines(Path.of("/proc/self/maps"))) {
      assertThat(mapped.filter(line -> line.contains("/libduckdb_java")))
          .isNotEmpty()
          .allMatch(line -> line.endsWith(" (deleted)"));
    }
  }

  @Test
  @DisplayName("without a query tell their tables")
  void withoutQuery() {
    assertThatThrownBy(() -> rows(file.toString(), null))
        .hasMessage(
            file
                + ": a database; say what to read by --query, such as --query 'SELECT * FROM ads';"
                + " its tables: ads, topics");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELEC 1 | syntax error",
        "SELECT nope FROM ads | \"nope\" not found",
        "SELECT * FROM adz | adz does not exist",
        "SELECT CAST(title AS INT) AS title FROM ads | Could not convert string 'a0'",
        "SELECT * FROM 'https://example.org/a.parquet' | httpfs",
        "INSTALL httpfs | syntax error",
        "'' | blank"
      })
  @DisplayName("tell in one line why a query fails, and fetch nothing")
  void failures(String query, String told) {
    assertThatThrownBy(() -> rows(file.toString(), query, "title"))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining(told)
        .message()
        .doesNotContain("Exception", "Error:", "\n");
  }

  @Test
  @DisplayName("that are none, or not there, are refused by name")
  void none() throws IOException {
    Path text = Files.writeString(folder.resolve("x.duckdb"), "no database".repeat(1000));
    assertThatThrownBy(() -> rows(text.toString(), "SELECT 1", "x"))
        .hasMessageContaining(text + ": cannot be opened as a DuckDB database");
    assertThatThrownBy(() -> rows("jdbc:duckdb:" + folder.resolve("none"), "SELECT 1", "x"))
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> rows("jdbc:duckdb:x;access_mode=READ_WRITE", "SELECT 1", "x"))
        .hasMessageContaining("options behind ; are not taken");
  }

  @Test
  @DisplayName("in memory read files that are named in the query")
  void inMemory() throws IOException {
    Path csv = Files.writeString(folder.resolve("a.csv"), "a,b\n1,x\n");
    assertThat(rows("jdbc:duckdb:", "SELECT b FROM '" + csv + "'", "b"))
        .containsExactly(List.of(Cell.of("x")));
  }
}
