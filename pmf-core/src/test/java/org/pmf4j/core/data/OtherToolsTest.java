package org.pmf4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.modalities.image.ImageModality;
import org.pmf4j.modalities.text.TextModality;

/** Files of {@code tables/make_tables.py}, and small ones that are written here. */
@DisplayName("A table as another tool writes it")
class OtherToolsTest {
  private static final Path TABLES = tables();

  @TempDir private Path folder;

  private static Path tables() {
    try {
      return Path.of(OtherToolsTest.class.getResource("/tables").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Modality> columns() {
    Map<String, Modality> columns = new LinkedHashMap<>();
    columns.put("image", new ImageModality());
    columns.put("text", new TextModality());
    return columns;
  }

  private static List<Example> read(Path file) {
    return Table.read(file, columns(), Table.Labelled.REQUIRED).examples();
  }

  private List<Example> read(String name, String content) throws IOException {
    return read(Files.writeString(folder.resolve(name), content));
  }

  private void refused(String name, String content, String... told) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(PmfException.class)
        .hasMessageContainingAll(told)
        .hasMessageContaining(file.toString())
        .message()
        .doesNotContainIgnoringCase(
            "jackson", "csvexception", "unexpected character", "token", "\n");
  }

  private static Source image(Path folder, String name) {
    return new Source.File(folder.resolve(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pandas-index.csv", "pandas-records.json"})
  @DisplayName("by pandas is read: an index without a name, a list of objects")
  void pandas(String name) {
    List<Example> rows = read(TABLES.resolve(name));
    assertThat(rows).hasSize(2);
    assertThat(rows.get(1).source("image")).contains(image(TABLES, "img/1.png"));
    assertThat(rows.get(1).source("text")).contains(new Source.Text("bad, \"shirt\""));
    assertThat(rows.get(1).label()).contains(Label.of("b"));
  }

  @ParameterizedTest
  @CsvSource({
    "pandas-utf16.csv, UTF-16",
    "pandas-semicolons.csv, separated by ';'",
    "pandas-tabs.csv, separated by tabs",
    "pandas-columns.json, by columns"
  })
  @DisplayName("in another encoding, with other separators or by columns is named as that")
  void otherLayouts(String name, String told) {
    Path file = TABLES.resolve(name);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(PmfException.class)
        .hasMessageContainingAll(file.toString(), told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"datasets.csv", "datasets-paths.jsonl", "datasets-bytes.jsonl"})
  @DisplayName("by the datasets library has objects of bytes or path, and only null is missing")
  void datasets(String name) throws IOException {
    List<Example> rows =
        Table.read(TABLES.resolve(name), columns(), Table.Labelled.OPTIONAL).examples();
    assertThat(rows.get(0).source("image")).contains(image(TABLES, "img/0.png"));
    assertThat(rows.get(rows.size() - 1).source("image")).isEmpty();
    if (rows.size() == 3) {
      assertThat(rows.get(1).requireSource("image"))
          .isInstanceOfSatisfying(
              Source.Bytes.class,
              bytes -> {
                assertThat(bytes.name()).isEqualTo("gone.png");
                assertThat(bytes.bytes()).isEqualTo(contentOf("img/1.png"));
              });
    }
  }

  private static byte[] contentOf(String name) {
    try {
      return Files.readAllBytes(TABLES.resolve(name));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("may hold bytes as a data URL, as a list of numbers, or in base64 of several lines")
  void bytes() throws IOException {
    List<Example> rows =
        read(
            "a.jsonl",
            """
            {"image": {"bytes": "data:image/png;base64,AQL/"}, "text": "a", "label": 1}
            {"image": {"bytes": [1, 2, 255]}, "text": "a", "label": 1}
            {"image": {"bytes": "AQ\\nL/"}, "text": "a", "label": 1}
            {"image": {"bytes": "AQL_"}, "text": "a", "label": 1}
            """);
    assertThat(rows)
        .extracting(e -> ((Source.Bytes) e.requireSource("image")).bytes())
        .allSatisfy(b -> assertThat(b).containsExactly(1, 2, 255));
    assertThat(((Source.Bytes) rows.get(1).requireSource("image")).name())
        .contains("a.jsonl row 2 (line 2), column image");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{\"src\": \"https://x/y.png\", \"height\": 2} # an object with height, src",
        "{\"array\": [0.5], \"sampling_rate\": 16000, \"path\": \"a.wav\"} # array, sampling_rate",
        "{\"bytes\": null, \"path\": null} # an object without",
        "{} # an object without",
        "{\"bytes\": \"no base64!\"} # not base64",
        "{\"bytes\": [1, 256]} # numbers from 0 to 255",
        "[] # an empty list",
        "[\"img/0.png\"] # a list",
        "NaN # NaN is no value",
        "-Infinity # -Infinity is no value"
      })
  @DisplayName("whose cell is not understood is refused by row and column, never taken as missing")
  void notUnderstood(String cell, String told) throws IOException {
    String row = "{\"image\": %s, \"text\": \"a\", \"label\": \"x\"}\n";
    refused(
        "a.jsonl",
        String.format(Locale.ROOT, row, "\"a.png\"") + String.format(Locale.ROOT, row, cell),
        "row 2 (line 2), column image: ",
        told);
  }

  @Test
  @DisplayName("has objects and lists where a text is to be refused too")
  void objectsForTexts() throws IOException {
    refused(
        "a.jsonl",
        """
        {"image": "a.png", "text": {"path": "b"}, "label": "x"}
        {"image": "a.png", "text": ["b"], "label": {"a": 1}}
        """,
        "row 1 (line 1), column text: an object; a text is needed",
        "row 2 (line 2), column text: a list",
        "row 2 (line 2), column label: an object");
  }

  @Test
  @DisplayName("has half of a surrogate pair, which no file could hold")
  void surrogates() throws IOException {
    refused(
        "a.jsonl",
        "{\"image\": null, \"text\": \"a\\ud83d\", \"label\": \"x\\ude80\"}\n",
        "row 1 (line 1), column text: 'a\\ud83d' has half",
        "row 1 (line 1), column label: 'x\\ude80' has half");
    String rocket = "{\"image\": null, \"text\": \"\\ud83d\\ude80\", \"label\": \"x\"}\n";
    assertThat(read("b.jsonl", rocket).get(0).source("text")).contains(new Source.Text("🚀"));
  }

  @Test
  @DisplayName("keeps texts that look like nothing: None, NaN, null, NA")
  void spellings() throws IOException {
    List<Example> rows =
        read("a.csv", "image,text,label\na.png,None,NaN\na.png,NaN,null\na.png,NA,None\n");
    assertThat(rows)
        .extracting(e -> ((Source.Text) e.requireSource("text")).text())
        .containsExactly("None", "NaN", "NA");
    assertThat(rows).extracting(e -> e.requireLabel().one()).containsExactly("NaN", "null", "None");
  }

  @Test
  @DisplayName("is missing a value where a cell has spaces of any kind alone")
  void spaces() throws IOException {
    List<Example> rows = read("a.csv", "image,text,label\n\u00A0\u2003,a,x\n\u3000,\uFEFF b,y\n");
    assertThat(rows).allSatisfy(e -> assertThat(e.source("image")).isEmpty());
  }

  @Test
  @DisplayName("has lines that end in CR, or CR and LF, and blank ones")
  void lineEnds() throws IOException {
    for (String end : List.of("\n", "\r", "\r\n")) {
      String table = "image,text,label" + end + end + "a.png,\"two\nlines\",x" + end + " " + end;
      List<Example> rows = read("a.csv", table + "b.png,b,y" + end + end);
      assertThat(rows).hasSize(2);
      assertThat(rows.get(0).place()).endsWith(" row 1 (line 3)");
      assertThat(rows.get(1).place()).endsWith(" row 2 (line 6)");
      assertThat(rows.get(1).label()).contains(Label.of("y"));
    }
  }

  @Test
  @DisplayName("has spaces behind all commas")
  void spacedHeader() throws IOException {
    List<Example> rows = read("a.csv", "image, text, label\na.png, \"b, c\", x\n");
    assertThat(rows.get(0).source("text")).contains(new Source.Text("b, c"));
    assertThat(rows.get(0).label()).contains(Label.of("x"));
  }

  @Test
  @DisplayName("names its separator in the first line")
  void separatorLine() throws IOException {
    assertThat(read("a.csv", "sep=,\r\nimage,text,label\r\na.png,b,x\r\n")).hasSize(1);
    refused("b.csv", "sep=;\r\nimage;text;label\r\na.png;b;x\r\n", "line 1", "';'", "commas");
  }

  @Test
  @DisplayName("has columns without names, as a spreadsheet leaves them")
  void unnamedColumns() throws IOException {
    Table table =
        Table.read(
            Files.writeString(folder.resolve("a.csv"), ",image,text,label,,\n0,a.png,b,x,,\n"),
            columns(),
            Table.Labelled.REQUIRED);
    assertThat(table.columns()).containsExactly("", "image", "text", "label", "", "");
    try (TableStream stream =
        TableStream.open(
            TableReader.DEFAULT, table.location(), Map.of("text", columns().get("text")))) {
      assertThat(stream.next(9, Progress.SILENT).cells())
          .containsExactly(List.of("0", "a.png", "b", "x", "", ""));
    }
    refused("b.csv", "image,text, image ,label\n", "column 'image' twice", "number 1 and 3");
  }

  @Test
  @DisplayName("has a quote that does not end, or something behind one")
  void quotes() throws IOException {
    assertThat(read("a.csv", "image,text,label\na.png,5\" screen,x\n").get(0).source("text"))
        .contains(new Source.Text("5\" screen"));
    refused("b.csv", "image,text,label\na.png,\"b\"c,x\n", "row 1 (line 2)", "quotes do not fit");
    refused(
        "c.csv",
        "image,text,label\na.png,b,x\na.png,\"b,x\na.png,c,y\n",
        "row 2 (line 3)",
        "quotes do not fit");
  }

  @Test
  @DisplayName("has rows of different lengths: the first ten and how many more")
  void ragged() throws IOException {
    refused(
        "a.csv",
        "image,text,label\n" + "a.png,b,x\n" + "a.png,b\n".repeat(12),
        "row 2 (line 3): 2 cells, but the header has 3 columns",
        "row 11 (line 12)",
        "; and 2 more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.jsonl", "a.ndjson"})
  @DisplayName("in JSON may be on lines, over lines, without any, or in a list, whatever its name")
  void json(String name) throws IOException {
    String a = "{\"image\": \"a.png\", \"text\": \"b\", \"label\": true}";
    String b = "{\n  \"label\": 1.0,\n  \"text\": 5,\n  \"image\": null\n}";
    for (String table :
        List.of(a + "\n" + b, a + b, "[" + a + "," + b + "]", "\n[\n" + a + ",\n" + b + "\n]\n")) {
      List<Example> rows = read(name, table);
      assertThat(rows).extracting(e -> e.requireLabel().one()).containsExactly("true", "1.0");
      assertThat(rows.get(1).sources()).isEqualTo(Map.of("text", new Source.Text("5")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "A,~B # row 2 (line 1) # no commas stand between",
        "A~{'image': 'a'} # row 2 (line 2) # double quotes",
        "A~{\"image\": \"a\",} # row 2 (line 2) # not behind the",
        "A~{\"image\": \"a # row 2 (line 2) # ends before the row does",
        "[A # row 2 (line 1) # ends before the row does",
        "A~{\"image\": \"a\", \"image\": \"b\"} # row 2 (line 2) # at line 2, character 16:"
            + " \"image\" stands there twice",
        "A~5 # row 2 (line 2) # not a JSON object",
        "[A] B # line 1 # something follows the list",
        "[[1]] # row 1 (line 1) # not a JSON object",
        "\"text\" # row 1 (line 1) # not a JSON object"
      })
  @DisplayName("in JSON that is not JSON is refused by row, line and what is meant")
  void noJson(String content, String place, String told) throws IOException {
    String row = "{\"image\": \"a.png\", \"text\": \"b\", \"label\": \"x\"}";
    String table = content.replace("~", "\n").replace("A", row).replace("B", row);
    refused("a.jsonl", table, place, told);
  }

  @Test
  @DisplayName("in JSON of lists within lists without end is refused")
  void nested() throws IOException {
    refused("a.json", "{\"image\": " + "[".repeat(100_000), "row 1 (line 1)", "deeper than 64");
  }

  @Test
  @DisplayName("of other formats is called by its name")
  void signatures() throws IOException {
    for (Map.Entry<String, String> e :
        Map.of("PAR1xx", "Parquet", "PK\u0003\u0004", ".xlsx", "\u001F\u008B", "gzip").entrySet()) {
      Path file = folder.resolve("a.csv");
      Files.write(file, e.getKey().getBytes(StandardCharsets.ISO_8859_1));
      assertThatThrownBy(() -> read(file))
          .isInstanceOf(PmfException.class)
          .hasMessageContaining(e.getValue());
    }
    Files.write(folder.resolve("b.csv"), "image,text,label\n".getBytes(StandardCharsets.UTF_16LE));
    assertThatThrownBy(() -> read(folder.resolve("b.csv"))).hasMessageContaining("UTF-16");
    assertThatThrownBy(() -> read(folder))
        .hasMessageContaining("beside the folders of classes there is the file");
  }
}
