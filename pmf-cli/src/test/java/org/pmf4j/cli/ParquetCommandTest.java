package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Tables in Parquet")
class ParquetCommandTest {
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static Path table;
  private static Path model;

  @BeforeAll
  static void train() throws SQLException {
    table = shared.resolve("t.parquet");
    copy(
        "SELECT {'bytes': b.content, 'path': t.image} AS image, t.text, t.label"
            + " FROM read_csv('%1$s/train.csv') t"
            + " JOIN read_blob('%1$s/images/*') b ON parse_filename(b.filename)"
            + " = parse_filename(t.image) ORDER BY t.image",
        table);
    model = shared.resolve("model");
    Outcome.of(FixtureSamples.train(model, "--data", table)).succeeded();
  }

  private static void copy(String query, Path out) throws SQLException {
    try (Connection c = DriverManager.getConnection("jdbc:duckdb:");
        Statement s = c.createStatement()) {
      String asked = query.replace("%1$s", FixtureSamples.TABLE.getParent().toString());
      s.execute("COPY (" + asked + ") TO '" + out + "' (FORMAT parquet)");
    }
  }

  private List<String> predicted(Object... data) throws IOException {
    Path out = folder.resolve("out.csv");
    Object[] words = {"predict", "--model", model, "--out", out};
    Outcome.of(FixtureSamples.with(words, data)).succeeded();
    return Files.readAllLines(out);
  }

  @Test
  @DisplayName("with pictures as bytes give the same model and predictions as files in CSV")
  void sameAsCsv() throws IOException {
    Path plain = folder.resolve("plain");
    Outcome.of(FixtureSamples.train(plain)).succeeded();
    assertThat(Files.readAllBytes(model.resolve("adapter_model.safetensors")))
        .isEqualTo(Files.readAllBytes(plain.resolve("adapter_model.safetensors")));
    List<String> csv = predicted("--data", FixtureSamples.TABLE);
    assertThat(predicted("--data", table)).isEqualTo(csv);
    assertThat(
            predicted(
                "--data",
                "jdbc:duckdb:",
                "--query",
                "SELECT * FROM '" + table + "' ORDER BY image.path"))
        .isEqualTo(csv);
  }

  @Test
  @DisplayName("are told by file, row and column")
  void places() throws SQLException {
    Path bad = folder.resolve("bad.parquet");
    copy(
        "SELECT * FROM (VALUES ('a', {'bytes': 'no picture'::BLOB, 'path': 'p.png'}, 'circle'),"
            + " ('b', NULL, NULL)) t(text, image, label)",
        bad);
    Outcome.of("evaluate", "--model", model, "--data", bad)
        .wasRefused(
            bad + " row 1, column image: ", bad + " row 2, column label: the cell is blank");
    Path nested = folder.resolve("nested.parquet");
    copy("SELECT [{'a': 1}] AS text, NULL AS image, 'x' AS label", nested);
    Outcome.of("predict", "--model", model, "--data", nested, "--out", folder.resolve("o.csv"))
        .wasRefused(nested + ": column text has the type 'STRUCT(a INTEGER)[]'");
    Outcome.of(
            "predict", "--model", model, "--data", table, "--query", "SELECT 1", "--out", "o.csv")
        .wasRefused(table + ": is no database, which --query could ask");
  }

  @Test
  @DisplayName("that go wrong in a late row leave what was there, and one line")
  void lateRow() throws SQLException, IOException {
    Path late = folder.resolve("late.parquet");
    copy(
        "SELECT CASE WHEN i = 10300 THEN ' ' ELSE 'a' END AS text, NULL AS image"
            + " FROM range(10400) r(i)",
        late);
    Path out = Files.writeString(folder.resolve("out.csv"), "before");
    Outcome.of("predict", "--model", model, "--data", late, "--out", out)
        .wasRefused(late + " row 10301: the cells of image, text are all blank");
    assertThat(out).hasContent("before");
    try (var files = Files.list(folder)) {
      assertThat(files.toList()).containsExactlyInAnyOrder(late, out);
    }
  }
}
