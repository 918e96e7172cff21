package org.pmf4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.modalities.text.TextModality;

@DisplayName("A table on standard input")
class StandardInputTest {
  private static final Map<String, Modality> TEXT = Map.of("text", new TextModality());

  private final InputStream before = System.in;

  @AfterEach
  void giveBack() {
    System.setIn(before);
  }

  private static List<List<String>> cells(byte[] content, StreamFormat format) {
    System.setIn(new ByteArrayInputStream(content));
    TableReader reader = TableReader.of(TableFormats.NONE, TableOptions.DEFAULT.with(format));
    try (TableStream stream = TableStream.open(reader, TableLocation.once("-", null), TEXT)) {
      return stream.next(100, Progress.SILENT).cells();
    }
  }

  private static List<List<String>> cells(String content) {
    return cells(content.getBytes(StandardCharsets.UTF_8), StreamFormat.AUTO);
  }

  @Test
  @DisplayName("is CSV or JSON, as its first character tells")
  void detected() {
    assertThat(cells("id,text\n1,a\n")).containsExactly(List.of("1", "a"));
    assertThat(cells("id, text\n1, a\n")).as("a spaced header").containsExactly(List.of("1", "a"));
    assertThat(cells("\uFEFF\n {\"id\": 1, \"text\": \"a\"}")).containsExactly(List.of("1", "a"));
    assertThat(cells("[{\"text\": \"a\"}, {\"text\": \"b\", \"id\": 2}]"))
        .containsExactly(List.of("a", ""), List.of("b", "2"));
  }

  @Test
  @DisplayName("is what it is said to be")
  void named() {
    byte[] odd = "{text,text\na,b\n".getBytes(StandardCharsets.UTF_8);
    assertThat(cells(odd, StreamFormat.CSV)).containsExactly(List.of("a", "b"));
    assertThatThrownBy(() -> cells(odd, StreamFormat.JSONL))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith("standard input row 1 (line 1): not valid JSON");
  }

  @Test
  @DisplayName("may be compressed")
  void compressed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("text\na\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(cells(bytes.toByteArray(), StreamFormat.AUTO)).containsExactly(List.of("a"));
  }

  @Test
  @DisplayName("has the keys of its first rows: a late one is named")
  void lateKey() {
    String rows = "{\"text\": \"a\"}\n".repeat(40) + "{\"text\": \"b\", \"id\": 7}\n";
    assertThatThrownBy(() -> cells(rows))
        .hasMessageStartingWith("standard input row 41 (line 41): the key 'id' is in none of");
    assertThatThrownBy(() -> cells("")).hasMessageStartingWith("standard input: ");
  }

  @Test
  @DisplayName("is no table of a command that reads it twice")
  void notTwice() {
    assertThatThrownBy(() -> TableLocation.of("-", null))
        .hasMessageContaining("- is standard input, which predict, evaluate and encode read");
    assertThat(TableLocation.of(java.nio.file.Path.of("-")).isStandardInput()).isFalse();
  }
}
