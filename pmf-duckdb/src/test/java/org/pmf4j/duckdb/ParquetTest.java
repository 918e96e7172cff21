package org.pmf4j.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.table.Cell;
import org.pmf4j.api.table.Cell.Kind;
import org.pmf4j.api.table.TableRequest;
import org.pmf4j.api.table.TableRows;

@DisplayName("Parquet files")
class ParquetTest {
  private static final Path TYPES = types();

  @TempDir Path folder;

  private static Path types() {
    try {
      return Path.of(ParquetTest.class.getResource("/tables/types.parquet").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TableRows open(Path file, boolean others, String... read) {
    return new ParquetFormat()
        .open(new TableRequest(file.toString(), Optional.empty(), Set.of(read), others));
  }

  private static List<Map<String, Cell>> rows(Path file, boolean others, String... read) {
    try (TableRows rows = open(file, others, read)) {
      List<Map<String, Cell>> all = new ArrayList<>();
      for (List<Cell> row = rows.next(); row != null; row = rows.next()) {
        Map<String, Cell> byName = new HashMap<>();
        for (int i = 0; i < row.size(); i++) {
          byName.put(rows.columns().get(i), row.get(i));
        }
        all.add(byName);
      }
      return all;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text, TEXT, a",
    "whole, NUMBER, 1",
    "unsigned, NUMBER, 18446744073709551615",
    "real, NUMBER, 1.5",
    "single, NUMBER, 0.1",
    "decimal, NUMBER, 1.50",
    "truth, BOOLEAN, true",
    "date, TEXT, 2020-01-02",
    "moment, TEXT, 2020-01-02 03:04:05",
    "zoned, TEXT, 2020-01-02 03:04:05+00",
    "category, TEXT, x"
  })
  @DisplayName("give texts, numbers, true and false, dates and moments, whatever the zone here is")
  void scalars(String column, Kind kind, String text) {
    assertThat(rows(TYPES, false, column).get(0).get(column))
        .isEqualTo(new Cell.Scalar(kind, text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "whole", "decimal", "numbers", "bytes", "nothing"})
  @DisplayName("give nothing where there is null")
  void nulls(String column) {
    assertThat(rows(TYPES, false, column).get(1).get(column)).isEqualTo(Cell.none());
  }

  @Test
  @DisplayName("give numbers that are none as such, which no label may be")
  void noNumber() {
    Cell.Scalar cell = (Cell.Scalar) rows(TYPES, false, "real").get(1).get("real");
    assertThat(cell.isNoNumber()).isTrue();
  }

  @Test
  @DisplayName("give lists, bytes, and objects of bytes and path; bytes win over the path")
  void compound() {
    List<Map<String, Cell>> rows =
        rows(TYPES, false, "labels", "numbers", "bytes", "image", "path only");
    assertThat(rows.get(0).get("labels").json()).isEqualTo("[\"x\",\"y\"]");
    assertThat(rows.get(1).get("labels").json()).isEqualTo("[]");
    assertThat(rows.get(0).get("numbers").json()).isEqualTo("[1,2]");
    assertThat(((Cell.Bytes) rows.get(0).get("bytes")).bytes())
        .isEqualTo("abc".getBytes(StandardCharsets.US_ASCII));
    assertThat(rows.get(0).get("image")).isInstanceOf(Cell.Bytes.class);
    assertThat(rows.get(0).get("image").text()).isEqualTo("a.png");
    assertThat(rows.get(1).get("image")).isEqualTo(Cell.of("b.png"));
    assertThat(rows.get(0).get("path only")).isEqualTo(Cell.of("c.png"));
  }

  @Test
  @DisplayName("with a type that no cell has are refused by column and type, where it is read")
  void otherTypes() {
    assertThatThrownBy(() -> open(TYPES, false, "map"))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith(TYPES + ": column map has the type 'MAP(VARCHAR, BIGINT)'; texts");
    assertThatThrownBy(() -> open(TYPES, true, "nested"))
        .hasMessageContaining("column nested has the type 'STRUCT(a BIGINT)[]'");
  }

  @Test
  @DisplayName("give columns that are not read as texts where they are shown, and else nothing")
  void others() {
    Map<String, Cell> shown = rows(TYPES, true, "text").get(0);
    assertThat(shown.get("map").text()).isEqualTo("{\"k\":1}");
    assertThat(shown.get("nested").text()).isEqualTo("[{\"a\":1}]");
    assertThat(shown.get("image").text()).isEqualTo("a.png");
    assertThat(shown.get("bytes")).isEqualTo(Cell.none());
    assertThat(rows(TYPES, false, "text").get(0).get("map")).isEqualTo(Cell.none());
  }

  @Test
  @DisplayName(
      "are found by their own names, whatever signs these have, and folders name no column")
  void names() throws IOException {
    Path odd = Files.createDirectories(folder.resolve("text=9")).resolve("it's [1] ü*?.parquet");
    Files.copy(TYPES, odd);
    Files.copy(TYPES, odd.resolveSibling("it's 1 üxx.parquet"));
    assertThat(rows(odd, false, "text")).hasSize(2);
    assertThat(rows(odd, false, "text").get(0).get("text")).isEqualTo(Cell.of("a"));
  }

  @Test
  @DisplayName("that are no Parquet, encrypted, or cut off are refused before they are opened")
  void ends() throws IOException {
    byte[] whole = Files.readAllBytes(TYPES);
    List<Map.Entry<byte[], String>> bad =
        List.of(
            Map.entry(new byte[0], "not a Parquet file"),
            Map.entry("a,b\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8), "not a Parquet file"),
            Map.entry(Arrays.copyOf(whole, whole.length / 2), "it may be cut off"),
            Map.entry(
                "PARE0000PARE".getBytes(StandardCharsets.US_ASCII), "an encrypted Parquet file"),
            Map.entry(
                "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
                    .getBytes(StandardCharsets.US_ASCII),
                "git-lfs"));
    for (Map.Entry<byte[], String> e : bad) {
      Path file = Files.write(folder.resolve("bad.parquet"), e.getKey());
      assertThatThrownBy(() -> open(file, false, "text"))
          .isInstanceOf(PmfException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining(e.getValue());
    }
  }

  @Test
  @DisplayName("that are damaged are read or refused in one line, and never end the process")
  void damaged() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    byte[] whole = Files.readAllBytes(TYPES);
    int refused = 0;
    for (int i = 0; i < 200; i++) {
      byte[] bytes = whole.clone();
      for (int n = 1 + random.nextInt(8); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("damaged.parquet"), bytes);
      try {
        rows(file, true, "text", "image", "labels", "real");
      } catch (PmfException e) {
        refused++;
        assertThat(e.getMessage()).doesNotContain("Error:", "Exception", "duckdb", "\n");
      }
    }
    assertThat(refused).isPositive();
  }
}
