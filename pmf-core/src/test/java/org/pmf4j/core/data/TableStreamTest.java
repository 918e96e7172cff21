package org.pmf4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.modalities.text.TextModality;

@DisplayName("Rows that are not held")
class TableStreamTest {
  private static final Map<String, Modality> TEXT = Map.of("text", new TextModality());

  @TempDir Path folder;

  private TableStream stream(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    return TableStream.open(TableReader.DEFAULT, TableLocation.of(file), TEXT);
  }

  @Test
  @DisplayName("come in pieces, the last of which may be short")
  void pieces() throws IOException {
    try (TableStream stream = stream("a.csv", "id,text\n1,a\n2,b\n3,c\n")) {
      assertThat(stream.columns()).containsExactly("id", "text");
      assertThat(stream.next(2, Progress.SILENT).cells())
          .containsExactly(List.of("1", "a"), List.of("2", "b"));
      assertThat(stream.ended()).isFalse();
      assertThat(stream.next(2, Progress.SILENT).examples()).hasSize(1);
      assertThat(stream.next(2, Progress.SILENT)).isNull();
    }
  }

  @Test
  @DisplayName("of JSON have the columns of all rows, also where a late row brings one")
  void lateColumns() throws IOException {
    String rows = "{\"text\": \"a\"}\n".repeat(5) + "{\"text\": \"b\", \"id\": 7}\n";
    try (TableStream stream = stream("a.jsonl", rows)) {
      assertThat(stream.columns()).containsExactly("text", "id");
      assertThat(stream.next(1, Progress.SILENT).cells()).containsExactly(List.of("a", ""));
    }
  }

  @Test
  @DisplayName("are checked piece by piece, and what is wrong is told with its place")
  void checked() throws IOException {
    try (TableStream stream = stream("a.csv", "id,text\n1,a\n2,b\n3, \n4,d\n")) {
      assertThat(stream.next(2, Progress.SILENT).examples()).hasSize(2);
      assertThatThrownBy(() -> stream.next(2, Progress.SILENT))
          .isInstanceOf(PmfException.class)
          .hasMessageContaining("a.csv row 3 (line 4), column text: the cell is blank");
    }
    assertThatThrownBy(() -> stream("b.csv", "texts\na\n"))
        .hasMessageContaining("no column 'text'");
    assertThatThrownBy(() -> stream("c.jsonl", "")).hasMessageContaining("there are no rows");
    try (TableStream empty = stream("d.csv", "text\n")) {
      assertThatThrownBy(() -> empty.next(2, Progress.SILENT))
          .hasMessageContaining("there are no rows");
    }
  }

  @Test
  @DisplayName("but for bytes beyond a limit, which stand in a file without a name")
  void bytes() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    ByteStore store = new ByteStore(folder.resolve("scratch"), 100);
    byte[] first = new byte[100];
    byte[] second = new byte[1 + random.nextInt(5000)];
    random.nextBytes(second);
    assertThat(store.keep(new Source.Bytes("a", first))).isInstanceOf(Source.Bytes.class);
    Source.Stored kept = (Source.Stored) store.keep(new Source.Bytes("b", second));
    Source.Stored other = (Source.Stored) store.keep(new Source.Bytes("c", first));
    assertThat(kept.read().bytes()).isEqualTo(second);
    assertThat(kept.describe()).isEqualTo("b");
    assertThat(kept.sha256()).isEqualTo(ContentHash.of(second));
    Thread.currentThread().interrupt();
    assertThat(other.read().bytes()).as("read by a thread that was interrupted").isEqualTo(first);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(kept.read().bytes()).isEqualTo(second);
    try (Stream<Path> files = Files.list(folder.resolve("scratch"))) {
      assertThat(files.toList()).as("where the system lets go of an open file's name").isEmpty();
    }
  }

  @Test
  @DisplayName("of texts and objects are kept as they are")
  void others() {
    ByteStore store = new ByteStore(folder, 0);
    Source text = new Source.Text("a");
    assertThat(store.keep(text)).isSameAs(text);
  }
}
