package org.pmf4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.image.ImageModality;
import org.pmf4j.modalities.text.TextModality;

@DisplayName("Columns that are not called as their encoders")
class ColumnsTest {
  private static final Columns CHOSEN =
      Columns.DEFAULT.with("image", "photo").with("text", "Ad title").withLabel("topic");

  @TempDir Path folder;

  private static Map<String, Modality> modalities() {
    Map<String, Modality> all = new LinkedHashMap<>();
    all.put("image", new ImageModality());
    all.put("text", new TextModality());
    return all;
  }

  private Table read(String name, String content, Columns columns) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    TableReader reader = TableReader.of(TableFormats.NONE, TableOptions.DEFAULT.with(columns));
    return Table.read(reader, TableLocation.of(file), modalities(), Table.Labelled.REQUIRED);
  }

  @Test
  @DisplayName("are read by the encoders that they were named for")
  void read() throws IOException {
    Example row = read("a.csv", "photo,Ad title,topic\n1.png,a,x\n", CHOSEN).examples().get(0);
    assertThat(row.requireSource("image")).isEqualTo(new Source.File(folder.resolve("1.png")));
    assertThat(row.requireSource("text")).isEqualTo(new Source.Text("a"));
    assertThat(row.requireLabel()).isEqualTo(Label.of("x"));
    String line = "{\"photo\": null, \"Ad title\": \"a\", \"topic\": \"x\", \"image\": 7}";
    assertThat(read("a.jsonl", line, CHOSEN).examples().get(0).sources()).containsOnlyKeys("text");
  }

  @Test
  @DisplayName("are what messages name")
  void named() {
    assertThatThrownBy(() -> read("a.csv", "photo,Ad title,topic\n,,x\n1.png,b,\n", CHOSEN))
        .hasMessageContaining("row 1 (line 2): the cells of photo, Ad title are all blank")
        .hasMessageContaining("row 2 (line 3), column topic: the cell is blank");
    assertThat(new Example("row 1", Map.of(), Optional.empty(), CHOSEN).at("image", wrong()))
        .hasMessage("row 1, column photo: wrong");
  }

  private static PmfException wrong() {
    return PmfException.input("wrong");
  }

  @Test
  @DisplayName(
      "and are not there: those that are there are told, and one that is close is asked for")
  void missing() {
    String header = "Photo,ad_title,topic\n1.png,a,x\n";
    assertThatThrownBy(() -> read("a.csv", header, CHOSEN))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            folder.resolve("a.csv")
                + ": no column 'photo'; there are: Photo, ad_title, topic; is 'Photo' meant?;"
                + " another is read by --column image=COLUMN");
    assertThatThrownBy(() -> read("a.csv", header, CHOSEN.with("image", "Photo")))
        .hasMessageContaining("no column 'Ad title'", "is 'ad_title' meant?");
    assertThatThrownBy(() -> read("b.csv", "image,text,class\n1.png,a,x\n", Columns.DEFAULT))
        .hasMessageEndingWith(
            "no column 'label'; there are: image, text, class; another is read by --label COLUMN");
  }

  @Test
  @DisplayName("of encoders that there are not, or that are the label's, are refused")
  void doNotFit() {
    assertThatThrownBy(() -> CHOSEN.with("imgae", "x").requireFit(List.of("image", "text")))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USAGE))
        .hasMessage(
            "a column is named for encoder 'imgae'; there are: image, text; is 'image' meant?");
    assertThatThrownBy(() -> Columns.DEFAULT.withLabel("text").requireFit(List.of("text")))
        .hasMessageContaining("column 'text' is both read by encoder text and the label");
    assertThatThrownBy(() -> Columns.DEFAULT.with("text", " ")).hasMessageContaining("no name");
    assertThatThrownBy(() -> new Columns(Map.of("text", List.of("a", "a")), "label"))
        .hasMessage("encoder 'text' reads one column or several different ones, got a, a");
    assertThatThrownBy(() -> new Columns(Map.of("text", List.of()), "label"))
        .hasMessage("encoder 'text' reads one column or several different ones, got none");
  }

  @Test
  @DisplayName("that are called as usual after all are the usual ones")
  void usual() {
    assertThat(Columns.DEFAULT.with("image", "image")).isEqualTo(Columns.DEFAULT);
    assertThat(CHOSEN.with(Map.of("text", List.of("title")), Optional.empty()).of("text"))
        .containsExactly("title");
    assertThat(CHOSEN.of("audio")).containsExactly("audio");
  }

  @Test
  @DisplayName("may be one for two encoders")
  void shared() throws IOException {
    Columns one = Columns.DEFAULT.with("image", "file").with("text", "file");
    Example row = read("a.csv", "file,label\na.png,x\n", one).examples().get(0);
    assertThat(row.sources()).containsOnlyKeys("image", "text");
  }
}
