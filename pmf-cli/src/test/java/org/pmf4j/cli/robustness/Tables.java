package org.pmf4j.cli.robustness;

import static org.pmf4j.cli.robustness.mutation.Mutation.pick;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.pmf4j.cli.robustness.mutation.Bytes;
import org.pmf4j.cli.robustness.mutation.Json;
import org.pmf4j.cli.robustness.mutation.Mutation;
import org.pmf4j.cli.robustness.mutation.Parquet;

/**
 * Tables: damaged ones, and some that are odd. Parquet of every type, with names that nobody
 * expects and with cells that are small in the file and large outside of it; JSON that is deep,
 * wide or says things twice. Half of the odd Parquet files are damaged besides.
 *
 * @param formats all formats
 */
record Tables(Formats formats) {
  private static final List<String> TYPES =
      List.of(
          "'a red shape'",
          "NULL",
          "NULL::VARCHAR",
          "''",
          "'circle'::ENUM('circle', 'square')",
          "i::DECIMAL(38, 10)",
          "i::HUGEINT * 10::HUGEINT ** 30",
          "(i % 2)::UTINYINT",
          "'nan'::DOUBLE",
          "'-inf'::FLOAT",
          "1e308::DOUBLE",
          "i % 2 = 0",
          "DATE '2020-01-01' + i::INTEGER",
          "DATE 'infinity'",
          "TIMESTAMP '0044-03-15 (BC) 12:00:00'",
          "TIMESTAMP '290000-01-01 00:00:00'",
          "TIMESTAMPTZ '2020-01-02 03:04:05+13'",
          "TIMESTAMP_NS '2020-01-02 03:04:05.123456789'",
          "TIME '23:59:59.999999'",
          "INTERVAL 3 MONTH",
          "uuid()",
          "'\\x00\\xFF\\x80'::BLOB",
          "''::BLOB",
          "'10'::BIT",
          "[1, NULL, 3]",
          "['a', NULL, 'b|c']",
          "[]::VARCHAR[]",
          "[[1, 2], NULL]",
          "[1.5, 2.5]::DOUBLE[2]",
          "['x'::BLOB]",
          "{'bytes': 'no picture'::BLOB, 'path': 'p.png'}",
          "{'path': NULL::VARCHAR, 'bytes': NULL::BLOB}",
          "{'a': {'b': [{'c': 1}]}, '\"': 2}",
          "{'bytes': ['x'], 'path': 1}",
          "MAP {'a': 1, 'b': NULL}",
          "MAP {[1]: {'x': 2}}",
          "'{\"a\": [1, 2]}'::JSON",
          "chr(0) || 'x' || chr(8238) || chr(27) || '[31m'",
          "'=cmd|'' /C calc''!A0'",
          "repeat('x', 20000)",
          "repeat('a b ', 4000)",
          "'../../../etc/passwd'");

  private static final List<String> NAMES =
      List.of(
          "other",
          "Label",
          "TEXT ",
          "",
          " ",
          "a\"b",
          "a'b; DROP TABLE x; --",
          "a.b",
          "x\ny",
          "\u202eabc",
          "prediction",
          "logit:x",
          "SELECT",
          "\u65e5\u672c",
          "\ud83d\ude00",
          "*",
          "%s%n",
          "n".repeat(5_000));

  private static final List<String> COMPRESSION =
      List.of("uncompressed", "snappy", "gzip", "zstd", "lz4_raw", "brotli");

  List<String> damaged(Path folder, Random random, String name, Mutation mutation)
      throws IOException {
    Path table = folder.resolve(name);
    Files.copy(formats.healthy().root().resolve(name), table);
    Formats.damage(table, mutation, random);
    return command(folder, table, random);
  }

  /** The words of a command that reads a table. */
  private List<String> command(Path folder, Path table, Random random) {
    return switch (random.nextInt(4)) {
      case 0 ->
          formats.training(folder.resolve("model"), formats.cache(), "--data", table.toString());
      case 1 ->
          formats.training(
              folder.resolve("model"), formats.cache(), "--validation", table.toString());
      case 2 -> {
        List<String> words =
            new ArrayList<>(formats.predict(formats.model(), "--data", table.toString()));
        words.set(0, "evaluate");
        yield words;
      }
      default ->
          formats.predict(
              formats.model(),
              "--data",
              table.toString(),
              "--out",
              folder.resolve("out.csv").toString());
    };
  }

  /** A line of JSON is damaged as JSON, or the lines as text. */
  static byte[] jsonLines(byte[] healthyLines, Random random) {
    if (random.nextBoolean()) {
      return Formats.LINES.apply(healthyLines, random);
    }
    String text = new String(healthyLines, StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>(text.lines().toList());
    int at = random.nextInt(lines.size());
    byte[] line = lines.get(at).getBytes(StandardCharsets.UTF_8);
    String damaged = new String(new Json().apply(line, random), StandardCharsets.UTF_8);
    lines.set(at, damaged);
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  List<String> parquet(Path folder, Random random) throws IOException {
    Path table = folder.resolve("table.parquet");
    String rows = pick(List.of("0", "1", "7", "60", "2500"), random);
    List<String> columns = new ArrayList<>();
    columns.add(pick(List.of("'a red shape'", pick(TYPES, random)), random) + " AS text");
    columns.add(pick(List.of("NULL::VARCHAR", pick(TYPES, random)), random) + " AS image");
    columns.add(pick(List.of(label(), label(), pick(TYPES, random)), random) + " AS label");
    for (int n = random.nextInt(6); n > 0; n--) {
      String name = pick(NAMES, random).replace("\"", "\"\"");
      columns.add(pick(TYPES, random) + " AS " + (name.isEmpty() ? "\" \"" : '"' + name + '"'));
    }
    String copy =
        String.format(
            Locale.ROOT,
            "COPY (SELECT %s FROM range(%s) r(i)) TO '%s' (FORMAT parquet, PARQUET_VERSION v%d,"
                + " COMPRESSION %s, ROW_GROUP_SIZE %d)",
            String.join(", ", columns),
            rows,
            table,
            1 + random.nextInt(2),
            pick(COMPRESSION, random),
            2048 << random.nextInt(4));
    try (Connection c = DriverManager.getConnection("jdbc:duckdb:");
        Statement s = c.createStatement()) {
      s.execute(copy);
    } catch (SQLException e) {
      // Some pairs of a name and a type cannot be written at all: then it is no Parquet
      Files.writeString(table, "PAR1" + e.getErrorCode() + "PAR1");
    }
    if (random.nextBoolean() && Files.size(table) > 20) {
      Formats.damage(table, new Parquet(), random);
    }
    return command(folder, table, random);
  }

  private static String label() {
    return "CASE WHEN i % 2 = 0 THEN 'circle' ELSE 'square' END";
  }

  /** Small in the file, by a dictionary and compression; some 300 MB outside of it. */
  List<String> large(Path folder, Random random) throws IOException {
    Path table = folder.resolve("table.parquet");
    boolean read = random.nextBoolean();
    try (Connection c = DriverManager.getConnection("jdbc:duckdb:");
        Statement s = c.createStatement()) {
      s.execute(
          String.format(
              Locale.ROOT,
              "COPY (SELECT %s AS text, repeat('ab ', %d) AS other FROM range(%d)) TO '%s' (FORMAT"
                  + " parquet, COMPRESSION zstd)",
              read ? "repeat('ab ', 30000)" : "'a'",
              read ? 1 : 100_000,
              read ? 100 : 1_000,
              table));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Path out = folder.resolve("out.csv");
    return formats.predict(
        formats.model(), "--data", table.toString(), "--without", "image", "--out", out.toString());
  }

  List<String> json(Path folder, Random random) throws IOException {
    Path table = folder.resolve(pick(List.of("table.json", "table.jsonl", "t.ndjson"), random));
    String row = "{\"image\": null, \"text\": \"a red shape\", \"label\": \"circle\"}";
    String odd =
        switch (random.nextInt(14)) {
          case 0 -> "{\"text\":".repeat(deep(random)) + "1" + "}".repeat(deep(random));
          case 1 -> "{\"text\": " + "[".repeat(deep(random)) + "]".repeat(deep(random)) + "}";
          case 2 -> "{\"text\": \"a\", \"text\": \"b\", \"label\": \"circle\"}";
          case 3 -> "{\"text\": \"a\", \"label\": " + "9".repeat(1 + random.nextInt(100_000)) + "}";
          case 4 -> "{\"text\": \"a\", \"x\": 1e" + "9".repeat(1 + random.nextInt(1_000)) + "}";
          case 5 -> "{" + wide(1 + random.nextInt(20_000)) + "}";
          case 6 -> "{\"\": \"a\", \" \": \"b\", \"text\": \"c\"}";
          case 7 -> "{\"text\": \"\\ud800\", \"label\": \"circle\"}";
          case 8 -> "{\"text\": \"" + "x".repeat(2_000_000) + "\"}";
          case 9 -> "\ufeff" + row;
          case 10 -> row + "\u0000";
          case 11 -> "{\"image\": {\"bytes\": [1, 2, 300], \"path\": []}, \"label\": \"circle\"}";
          case 12 -> "{\"image\": {\"bytes\": \"AAAA\"}, \"text\": {\"bytes\": null}}";
          default -> "[" + row + "]";
        };
    List<String> rows = new ArrayList<>();
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      rows.add(row);
    }
    rows.add(random.nextInt(rows.size() + 1), odd);
    boolean list = random.nextInt(3) == 0;
    String text = list ? "[" + String.join(",", rows) + "]" : String.join("\n", rows);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Files.write(table, bytes);
    if (random.nextInt(4) == 0) {
      Formats.damage(table, new Bytes(), random);
    }
    return command(folder, table, random);
  }

  private static int deep(Random random) {
    return new int[] {2, 500, 999, 1_000, 1_001, 200_000}[random.nextInt(6)];
  }

  private static String wide(int keys) {
    StringBuilder all = new StringBuilder("\"text\": \"a\"");
    for (int i = 0; i < keys; i++) {
      all.append(", \"k").append(i).append("\": ").append(i);
    }
    return all.toString();
  }
}
