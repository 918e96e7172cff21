package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("pmf look")
class LookTest {
  private static final String HOSTILE =
      "</script><script>alert(1)</script><img src=x onerror=alert(2)>";

  @TempDir private Path folder;

  private static Outcome look(Object... words) {
    return Outcome.of(FixtureSamples.with(new Object[] {"look"}, words)).succeeded();
  }

  private Path table(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  /** The fixture's rows as lines of CSV, with paths from anywhere. */
  private static List<String> rows() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(FixtureSamples.TABLE)) {
      lines.add(lines.isEmpty() ? line : FixtureSamples.TABLE.getParent() + "/" + line);
    }
    return lines;
  }

  /** The three cells of a row, as they stand in CSV. */
  private static String[] cells(String row) {
    int path = row.indexOf(',');
    int label = row.lastIndexOf(',');
    return new String[] {
      row.substring(0, path), row.substring(path + 1, label), row.substring(label + 1)
    };
  }

  @Test
  @DisplayName("tells columns, sizes, classes and the command that trains, without an encoder")
  void tells() {
    Outcome outcome = look("--data", FixtureSamples.TABLE);
    assertThat(outcome.out())
        .startsWith(FixtureSamples.TABLE + ": 16 rows\n")
        .containsPattern("image +files +image +16 of 16 looked at are read as image +0 +-\n")
        .containsPattern("text +text +text +[^\n]+ +0 +\\d+\n")
        .containsPattern("image, width in pixels +16 +16 +16 +16\n")
        .contains("text, length in words", "labels in column label: single-label (3 different")
        .containsPattern("Baseline: who always says \\w+ is right in \\d+\\.\\d % of the rows\\.")
        .contains("cannot be read: none")
        .contains("pmf fetch google/vit-base-patch16-224 google-bert/bert-base-uncased")
        .contains(
            "pmf train --data " + FixtureSamples.TABLE + " --split 0.8,0.1,0.1 --encoder image=");
  }

  @Test
  @DisplayName("gives a command that trains, with the encoders that were named")
  void theCommandTrains() {
    String out =
        look(
                "--data",
                FixtureSamples.TABLE,
                "--split",
                "0.5,0.25,0.25",
                "--encoder",
                "image=" + FixtureSamples.IMAGE_ENCODER,
                "--encoder",
                "text=" + FixtureSamples.TEXT_ENCODER)
            .out();
    assertThat(out).contains("(train 8, validation 4, test 4)", "text, length in tokens");
    String command = out.lines().filter(l -> l.startsWith("pmf train ")).findFirst().orElseThrow();
    List<Object> words = new ArrayList<>(List.of(command.substring("pmf ".length()).split(" ")));
    words.set(words.indexOf("--out") + 1, folder.resolve("model"));
    words.addAll(List.of("--epochs", 1, "--no-cache"));
    assertThat(Outcome.of(words.toArray()).succeeded().out()).contains("train 8, validation 4");
  }

  @Test
  @DisplayName("finds rows that repeat others, in one part and between two, and other labels")
  void repeats() throws IOException {
    List<String> rows = rows();
    Path copy = folder.resolve("copy.png");
    String[] cells = cells(rows.get(1));
    Files.copy(Path.of(cells[0]), copy);
    List<String> test = new ArrayList<>(List.of(rows.get(0)));
    test.add(copy + "," + cells[1] + "," + cells[2]);
    test.add(copy + "," + cells[1] + ",hexagon");
    test.add(copy + ",another text," + cells[2]);
    Path train = Files.write(folder.resolve("train.csv"), rows);
    Outcome outcome = look("--data", train, "--test", Files.write(folder.resolve("t.csv"), test));
    assertThat(outcome.out())
        .contains("19 rows (train 16, test 3)")
        .containsPattern(
            "repeated all inputs: \\d+ rows? repeats? one before: [^\n]*between train, test 2[^\n]*"
                + "with another label \\d")
        .contains("t.csv row 1 (line 2) is as row 1 of train")
        .containsPattern("repeated column image: [^\n]*between train, test 3");
  }

  @Test
  @DisplayName("tells what cannot be read, by row and reason, and goes on")
  void faults() throws IOException {
    Path noPicture = table("no.png", "no picture");
    List<String> rows = rows();
    rows.add("none.png,a,circle");
    rows.add(noPicture + ",b,square");
    rows.add(",,");
    Path table = Files.write(folder.resolve("t.csv"), rows);
    assertThat(look("--data", table).out())
        .contains("19 rows", "cannot be read: 2 cells or rows")
        .contains("row 17 (line 18), column image: " + folder.resolve("none.png"))
        .contains("row 18 (line 19), column image: " + noPicture)
        .contains(", blank in 1");
    Path cut = table("cut.jsonl", "{\"text\": \"a b c\", \"label\": 1}", "{\"text\": ");
    assertThat(look("--data", cut).out()).contains("1 row\nnot read to its end: " + cut);
  }

  @Test
  @DisplayName("reads every format of tables, of one content alike")
  void formats() throws IOException, SQLException {
    List<String> rows = rows();
    Path csv = Files.write(folder.resolve("t.csv"), rows);
    List<String> json = new ArrayList<>();
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = cells(row);
      String text = cells[1].startsWith("\"") ? cells[1] : '"' + cells[1] + '"';
      json.add(
          "{\"image\": \""
              + cells[0]
              + "\", \"text\": "
              + text
              + ", \"label\": \""
              + cells[2]
              + "\"}");
    }
    Path packed = folder.resolve("t.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(String.join("\n", rows).getBytes(StandardCharsets.UTF_8));
    }
    Path parquet = folder.resolve("t.parquet");
    Path database = folder.resolve("t.duckdb");
    try (Connection c = DriverManager.getConnection("jdbc:duckdb:" + database);
        Statement s = c.createStatement()) {
      s.execute("CREATE TABLE ads AS SELECT * FROM read_csv('" + csv + "', header = true)");
      s.execute("COPY ads TO '" + parquet + "'");
    }
    String expected = told(look("--data", csv));
    assertThat(told(look("--data", Files.write(folder.resolve("t.jsonl"), json))))
        .isEqualTo(expected);
    Path list = table("t.json", "[" + String.join(",", json) + "]");
    assertThat(told(look("--data", list))).isEqualTo(expected);
    assertThat(told(look("--data", packed))).isEqualTo(expected);
    assertThat(told(look("--data", parquet))).isEqualTo(expected);
    assertThat(told(look("--data", database, "--query", "SELECT * FROM ads"))).isEqualTo(expected);
    Path tabs =
        Files.write(
            folder.resolve("t.tsv"), rows.stream().map(r -> String.join("\t", cells(r))).toList());
    assertThat(told(look("--data", tabs))).isEqualTo(expected);
  }

  /** Without names of files, and the order of columns. */
  private static String told(Outcome outcome) {
    String out = outcome.out();
    return out.substring(out.indexOf("\n"), out.indexOf("pmf fetch"))
        .replaceAll("[^ \n]*t\\.[a-z.]+( row \\d+)?( \\(line \\d+\\))?", "");
  }

  @Test
  @DisplayName("reads folders of classes, and with metadata")
  void folders() throws IOException {
    List<String> metadata = new ArrayList<>(List.of("file_name,text,label"));
    for (String row : rows().subList(1, 9)) {
      String[] cells = cells(row);
      Path ofClass = Files.createDirectories(folder.resolve("classes").resolve(cells[2]));
      Path own = Files.createDirectories(folder.resolve("own"));
      String name = Path.of(cells[0]).getFileName().toString();
      Files.copy(Path.of(cells[0]), ofClass.resolve(name));
      Files.copy(Path.of(cells[0]), own.resolve(name));
      metadata.add(name + "," + cells[1] + "," + cells[2]);
    }
    Files.write(folder.resolve("own/metadata.csv"), metadata);
    assertThat(look("--data", folder.resolve("classes")).out())
        .containsPattern("file +files +image")
        .contains("8 rows", "this table has one: image.");
    assertThat(look("--data", folder.resolve("own")).out())
        .containsPattern("file +files +image")
        .contains(
            "pmf train --data " + folder.resolve("own") + " --split 0.8,0.1,0.1 --encoder im");
  }

  @Test
  @DisplayName("shows whatever cells say as text, on the page and in JSON")
  void hostile() throws IOException {
    List<String> rows = rows();
    rows.add(FixtureSamples.IMAGE + ",\"" + HOSTILE + "\",\"" + HOSTILE + "\"");
    rows.add(FixtureSamples.IMAGE + ",\u001b[31mred\u202e,\u001b[31mred\u202e");
    rows.add(HOSTILE + ",a,circle");
    rows.set(0, "image,text,\"<b onclick=alert(3)>\"");
    Path table = Files.write(folder.resolve("<i>t.csv"), rows);
    Path page = folder.resolve("look.html");
    Outcome outcome = look("--data", table, "--label", "<b onclick=alert(3)>", "--page", page);
    assertThat(outcome.out()).doesNotContain("\u001b", "\u202e").contains("\\u001b[31mred\\u202e");
    String html = Files.readString(page);
    assertThat(html)
        .contains("&lt;script&gt;alert(1)", "data:image/png;base64,", "<h2>Columns</h2>")
        .doesNotContain("<script>alert", "<img src=x", "<b onclick", "<i>t.csv", "\u202e");
    String json = look("--data", table, "--label", "<b onclick=alert(3)>", "--json").out();
    assertThat(json).startsWith("{").contains("\"holds\" : \"files\"", "\"next\" : [");
  }

  @Test
  @DisplayName("looks at no rows, at one, and at a hundred thousand")
  void sizes() throws IOException {
    Path page = folder.resolve("look.html");
    assertThat(look("--data", table("none.csv", "text,label"), "--page", page).out())
        .contains("0 rows", "There are no rows to train on.");
    assertThat(page).content().contains("0 rows.");
    assertThat(look("--data", table("one.csv", "text,label", "a b c,x"), "--page", page).out())
        .contains("1 row\n", "1 label stands in one row alone", "100.0 % of the rows");
    List<String> many = new ArrayList<>(List.of("text,price,label"));
    for (int i = 0; i < 100_000; i++) {
      many.add(
          "row "
              + i % 99_999
              + " of many,"
              + 7 * (i % 99_999) % 1_000
              + ","
              + (i % 10 == 0 ? "a" : "b"));
    }
    Path table = Files.write(folder.resolve("many.csv"), many);
    assertThat(look("--data", table, "--page", page, "--split", "0.8,0.1,0.1").out())
        .contains("100,000 rows (train 80,000, validation 10,000, test 10,000)")
        .containsPattern("text +text +text [^\n]+over 10,000\n")
        .containsPattern("price +0 +~[\\d.]+ +999 +499\\.5\n")
        .contains("repeated all inputs: 1 row repeats one before", "~ of more than 10,000 values");
    assertThat(Files.size(page)).isLessThan(3L << 20);
  }

  @Test
  @DisplayName("takes labels for the task that they look like, or that it is told")
  void tasks() throws IOException {
    List<String> tags = new ArrayList<>(List.of("text,label"));
    List<String> numbers = new ArrayList<>(List.of("text,label"));
    for (int i = 0; i < 50; i++) {
      tags.add("a b c d e " + i + "," + (i % 2 == 0 ? "x|y" : "y"));
      numbers.add("a b c d e " + i + "," + i * 0.37);
    }
    Path several = Files.write(folder.resolve("tags.csv"), tags);
    assertThat(look("--data", several).out())
        .contains("multi-label (" + several + " row 1 (line 2), column label: 'x|y')")
        .containsPattern("y +50 +100\\.0 %");
    assertThat(look("--data", several, "--task", "single-label").out())
        .containsPattern("x\\|y +25");
    assertThat(look("--data", Files.write(folder.resolve("n.csv"), numbers)).out())
        .contains("regression (all labels are numbers, such as ", "root mean squared");
  }

  @Test
  @DisplayName("refuses what is wrong in one line")
  void refused() throws IOException {
    Path table = table("t.csv", "text,label", "a,b");
    Outcome.of("look").wasRefused("--data");
    Outcome.of("look", "--data", folder.resolve("none.csv")).wasRefused("no such file");
    Outcome.of("look", "--data", table, "--label", "lable").wasRefused("is 'label' meant?");
    Outcome.of("look", "--data", table, "--column", "text=txet").wasRefused("no column 'txet'");
    Outcome.of("look", "--data", table, "--column", "tetx=text")
        .wasRefused("--column: there is no modality or encoder 'tetx'");
    Outcome.of("look", "--data", table, "--page", table).wasRefused(table);
    Outcome.of("look", "--data", table, "--task", "guess").wasRefused("--task: 'guess' is none of");
    Outcome.of("look", "--data", table, "--split", "0.5,0.5", "--test", table)
        .wasRefused("leave --validation and --test or the split out");
    assertThat(table).content().isEqualTo("text,label\na,b\n");
  }
}
