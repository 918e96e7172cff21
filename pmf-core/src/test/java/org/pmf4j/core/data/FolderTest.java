package org.pmf4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.audio.AudioModality;
import org.pmf4j.modalities.image.ImageModality;
import org.pmf4j.modalities.text.TextModality;

@DisplayName("A folder as a table")
class FolderTest {
  @TempDir Path folder;

  private static Map<String, Modality> of(String... names) {
    Map<String, Modality> known =
        Map.of(
            "image", new ImageModality(), "audio", new AudioModality(), "text", new TextModality());
    Map<String, Modality> chosen = new LinkedHashMap<>();
    for (String name : names) {
      chosen.put(name, known.get(name));
    }
    return chosen;
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "x");
  }

  private List<Example> read(Map<String, Modality> modalities) {
    return Table.read(
            TableReader.DEFAULT, TableLocation.of(folder), modalities, Table.Labelled.REQUIRED)
        .examples();
  }

  @Test
  @DisplayName("has a folder for each class; what is hidden is passed over")
  void classes() throws IOException {
    Path cat = file("cat/1.png");
    Path second = file("cat/2.png");
    Path dog = file("dog/1.png");
    for (String hidden :
        List.of(".DS_Store", ".ipynb_checkpoints/1.png", "cat/Thumbs.db", "cat/.1.png")) {
      file(hidden);
    }
    List<Example> rows = read(of("image"));
    assertThat(rows).extracting(e -> e.requireLabel().one()).containsExactly("cat", "cat", "dog");
    assertThat(rows)
        .extracting(e -> e.requireSource("image"))
        .containsExactly(new Source.File(cat), new Source.File(second), new Source.File(dog));
    assertThat(rows.get(0).place()).isEqualTo(cat.toString());
  }

  @Test
  @DisplayName("of classes with anything else in it is refused by its name")
  void unknown() throws IOException {
    file("cat/more/1.png");
    assertThatThrownBy(() -> read(of("image")))
        .hasMessage(
            folder.resolve("cat/more")
                + ": a folder in the folder of a class; put its files into that of the class");
    file("notes.txt");
    assertThatThrownBy(() -> read(of("image")))
        .hasMessageContaining("beside the folders of classes there is the file 'notes.txt'");
  }

  @Test
  @DisplayName("of classes is that of one encoder of files")
  void severalEncoders() throws IOException {
    file("cat/1.png");
    assertThatThrownBy(() -> read(of("image", "audio")))
        .hasMessageContaining("image and audio are read from files; write a metadata.csv");
    assertThatThrownBy(() -> read(of("text"))).hasMessageContaining("no encoder reads files");
    assertThatThrownBy(() -> read(of("image", "text"))).hasMessageContaining("no column 'text'");
  }

  @Test
  @DisplayName("that holds the parts of a data set names them")
  void splits() throws IOException {
    file("train/cat/1.png");
    file("test/cat/1.png");
    assertThatThrownBy(() -> read(of("image")))
        .hasMessage(
            folder
                + ": has the parts test, train; name one of them, such as "
                + folder.resolve("test"));
    assertThatThrownBy(
            () ->
                Table.read(
                    TableReader.DEFAULT,
                    TableLocation.of(Files.createDirectory(folder.resolve("empty"))),
                    of("image"),
                    Table.Labelled.REQUIRED))
        .hasMessageContaining("the folder is empty");
  }

  @Test
  @DisplayName("with metadata names its files in file_name, and more in image_file_name")
  void metadata() throws IOException {
    Files.writeString(folder.resolve("metadata.csv"), "file_name,text,label\nsub/1.png,a,x\n");
    Example row = read(of("image", "text")).get(0);
    assertThat(row.requireSource("image")).isEqualTo(new Source.File(folder.resolve("sub/1.png")));
    assertThat(row.requireSource("text")).isEqualTo(new Source.Text("a"));
    assertThatThrownBy(() -> read(of("image", "audio")))
        .hasMessageContaining("file_name is that of one encoder", "image_file_name");
    Files.delete(folder.resolve("metadata.csv"));
    Files.writeString(
        folder.resolve("metadata.jsonl"),
        "{\"image_file_name\": \"1.png\", \"audio_file_name\": \"1.wav\", \"label\": \"x\"}\n");
    assertThat(read(of("image", "audio")).get(0).requireSource("audio"))
        .isEqualTo(new Source.File(folder.resolve("1.wav")));
    Files.writeString(folder.resolve("metadata.csv"), "x\n");
    assertThatThrownBy(() -> read(of("image")))
        .hasMessageContaining("has both metadata.csv, metadata.jsonl");
  }
}
