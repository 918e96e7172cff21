package org.pmf4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.text.TextModality;

@DisplayName("CSV in other dialects")
class DialectTest {
  @TempDir Path folder;

  private List<String> texts(String name, byte[] content, Map<String, String> csv)
      throws IOException {
    return texts(name, content, csv, Columns.DEFAULT);
  }

  private List<String> texts(String name, byte[] content, Map<String, String> csv, Columns columns)
      throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    TableOptions options = TableOptions.DEFAULT.with(columns).with(CsvDialect.of(csv));
    return Table.read(
            TableReader.of(TableFormats.NONE, options),
            TableLocation.of(file),
            Map.of("text", new TextModality()),
            Table.Labelled.REQUIRED)
        .examples()
        .stream()
        .map(e -> ((Source.Text) e.requireSource("text")).text())
        .toList();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {"semicolon#;", "tab#\t", "pipe#|", "comma#,"})
  @DisplayName("are read by the delimiter that is named")
  void delimiters(String name, String mark) throws IOException {
    String table = "label;text\nx;\"a;b\"\ny;c,d|e\n".replace(";", mark == null ? "\t" : mark);
    if (name.equals("comma") || name.equals("pipe")) {
      table = table.replace("c,d|e", "c").replace("c" + mark + "d|e", "c");
    }
    assertThat(texts("a.csv", utf8(table), Map.of("delimiter", name))).hasSize(2);
    if (!name.equals("comma")) {
      assertThatThrownBy(
              () -> texts("a.csv", Files.readAllBytes(folder.resolve("a.csv")), Map.of()))
          .isInstanceOf(PmfException.class)
          .hasMessageContaining("the columns seem to be separated by")
          .hasMessageContaining("say so by --csv delimiter=" + name);
    }
  }

  @Test
  @DisplayName("have tabs where the name ends in .tsv, unless another delimiter is named")
  void tsv() throws IOException {
    assertThat(texts("a.tsv", utf8("label\ttext\nx\ta, b\n"), Map.of())).containsExactly("a, b");
    assertThat(texts("b.tsv", utf8("label,text\nx,a\n"), Map.of("delimiter", "comma")))
        .containsExactly("a");
    assertThatThrownBy(() -> texts("c.tsv", utf8("label,text\nx,a\n"), Map.of()))
        .hasMessageContaining("separated by ','; say so by --csv delimiter=comma");
  }

  @Test
  @DisplayName("may have a line that names the separator, which the option agrees with")
  void separatorLine() throws IOException {
    byte[] table = utf8("sep=;\nlabel;text\nx;a\n");
    assertThat(texts("a.csv", table, Map.of("delimiter", "semicolon"))).containsExactly("a");
    assertThatThrownBy(() -> texts("a.csv", table, Map.of()))
        .hasMessageContaining(
            "line 1: the columns are separated by ';'; say so by --csv delimiter");
  }

  @Test
  @DisplayName("have quotes of another kind, or none")
  void quotes() throws IOException {
    assertThat(texts("a.csv", utf8("label,text\nx,'a, ''b'''\n"), Map.of("quote", "single")))
        .containsExactly("a, 'b'");
    assertThat(texts("b.tsv", utf8("label\ttext\nx\t\"a\n"), Map.of("quote", "none")))
        .containsExactly("\"a");
  }

  @Test
  @DisplayName("have no header: columns are called by their numbers, and the first row counts")
  void numbers() throws IOException {
    Columns numbers = Columns.DEFAULT.with("text", "2").withLabel("1");
    byte[] table = utf8("x,a\ny,b\n");
    assertThat(texts("a.csv", table, Map.of("header", "false"), numbers)).containsExactly("a", "b");
    assertThatThrownBy(() -> texts("a.csv", table, Map.of("header", "false")))
        .hasMessageContaining("no column 'text'; there are: 1, 2");
  }

  @ParameterizedTest
  @CsvSource({"windows-1252,windows-1252", "iso-8859-1,ISO-8859-1", "utf-16,UTF-16"})
  @DisplayName("are in the encoding that is named")
  void encodings(String name, String charset) throws IOException {
    byte[] table = "label,text\nx,é\n".getBytes(Charset.forName(charset));
    assertThat(texts("a.csv", table, Map.of("encoding", name))).containsExactly("é");
    assertThatThrownBy(() -> texts("a.csv", table, Map.of()))
        .hasMessageContaining("--csv encoding=" + (name.equals("utf-16") ? name : "windows-1252"));
  }

  @Test
  @DisplayName("in the wrong encoding are refused by the line")
  void wrongEncoding() {
    byte[] table = "label,text\nx,a\nx,\u0081\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> texts("a.csv", table, Map.of("encoding", "windows-1252")))
        .hasMessageContaining("a.csv line 3: not valid windows-1252");
    assertThatThrownBy(() -> texts("b.csv", utf8("label,text\n"), Map.of("encoding", "utf-16")))
        .hasMessageContaining("does not begin with the byte order mark of UTF-16");
  }

  @Test
  @DisplayName("are compressed by gzip, as JSON lines may be; damage is told")
  void compressed() throws IOException {
    byte[] csv = gzip("label;text\nx;a\n");
    assertThat(texts("a.csv.gz", csv, Map.of("delimiter", "semicolon"))).containsExactly("a");
    byte[] json = gzip("{\"label\": \"x\", \"text\": \"a\"}\n");
    assertThat(texts("a.jsonl.gz", json, Map.of())).containsExactly("a");
    byte[] damaged = json.clone();
    damaged[damaged.length / 2] ^= 64;
    for (byte[] bad : List.of(damaged, java.util.Arrays.copyOf(json, json.length / 2), utf8("x"))) {
      assertThatThrownBy(() -> texts("b.jsonl.gz", bad, Map.of()))
          .isInstanceOf(PmfException.class)
          .hasMessageContaining("b.jsonl.gz");
    }
    assertThatThrownBy(() -> texts("c.csv", csv, Map.of()))
        .hasMessageContaining("compressed by gzip (its name must end in .gz)");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(utf8(text));
    }
    return bytes.toByteArray();
  }

  @Test
  @DisplayName("that there are not are refused by what there is")
  void unknown() {
    assertThatThrownBy(() -> CsvDialect.of(Map.of("delimiter", ";")))
        .hasMessage("delimiter of --csv must be auto, comma, semicolon, tab or pipe, got ';'");
    assertThatThrownBy(() -> CsvDialect.of(Map.of("separator", ";")))
        .hasMessageContaining("known: delimiter, quote, encoding, header");
  }
}
