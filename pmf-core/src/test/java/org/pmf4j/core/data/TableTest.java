package org.pmf4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.image.ImageModality;
import org.pmf4j.modalities.text.TextModality;

class TableTest {
  private static final Map<String, Modality> COLUMNS = columns();

  @TempDir Path folder;

  private static Map<String, Modality> columns() {
    Map<String, Modality> columns = new LinkedHashMap<>();
    columns.put("image", new ImageModality());
    columns.put("text", new TextModality());
    return columns;
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static List<Example> read(Path file) {
    return Table.read(file, COLUMNS, Table.Labelled.REQUIRED).examples();
  }

  @Test
  void readsCsvWithQuotesLineBreaksAndOtherColumns() throws IOException {
    Path file =
        file(
            "a.csv",
            "id,text,image,label\n1,\"say \"\"hi\"\",\nyou\",p/1.png, cat \n2,ü,2.png,dog\n");
    List<Example> examples = read(file);
    assertThat(examples).hasSize(2);
    assertThat(examples.get(0).requireSource("text"))
        .isEqualTo(new Source.Text("say \"hi\",\nyou"));
    assertThat(examples.get(0).requireSource("image"))
        .isEqualTo(new Source.File(folder.resolve("p/1.png")));
    assertThat(examples.get(0).requireLabel()).isEqualTo(Label.of("cat"));
    assertThat(examples.get(1).place()).isEqualTo(file + " row 2 (line 4)");
    assertThat(examples.get(1).requireSource("text")).isEqualTo(new Source.Text("ü"));
  }

  @Test
  void readsFilesThatBeginWithAByteOrderMark() throws IOException {
    assertThat(read(file("a.csv", "\uFEFFtext,image,label\r\nx,1.png,cat\r\n"))).hasSize(1);
    String line = "\uFEFF{\"text\":\"x\",\"image\":\"1.png\",\"label\":\"cat\"}\n";
    assertThat(read(file("a.jsonl", line))).hasSize(1);
  }

  @Test
  void readsJsonLinesWithNumbersAndListsOfLabels() throws IOException {
    Path file =
        file(
            "a.jsonl",
            """
            {"text":"x","image":"1.png","label":["a","b"]}

            {"text":5,"image":"1.png","label":2.5}
            """);
    List<Example> examples = read(file);
    assertThat(examples.get(0).requireLabel()).isEqualTo(Label.listed(List.of("a", "b")));
    assertThat(examples.get(1).requireLabel()).isEqualTo(Label.of("2.5"));
    assertThat(examples.get(1).requireSource("text")).isEqualTo(new Source.Text("5"));
    assertThat(examples.get(1).place()).isEqualTo(file + " row 2 (line 3)");
  }

  @Test
  void readsWithoutLabelsWhereNoneAreNeeded() throws IOException {
    Path without = file("a.csv", "text,image\nx,1.png\n");
    Example example = Table.read(without, COLUMNS, Table.Labelled.OPTIONAL).examples().get(0);
    assertThat(example.label()).isEmpty();
    assertThatThrownBy(example::requireLabel).hasMessage(without + " row 1 (line 2): no label");
    Path blank = file("b.csv", "text,image,label\nx,1.png,\n");
    assertThat(Table.read(blank, COLUMNS, Table.Labelled.OPTIONAL).examples().get(0).label())
        .isEmpty();
  }

  @Test
  void readsRowsThatLackModalities() throws IOException {
    List<Example> csv = read(file("a.csv", "text,image,label\n ,1.png,cat\nx,,dog\n"));
    assertThat(csv.get(0).source("text")).isEmpty();
    assertThat(csv.get(0).source("image")).isPresent();
    assertThat(csv.get(1).sources()).containsOnlyKeys("text");
    List<Example> json =
        read(
            file(
                "a.jsonl",
                """
                {"text":"x","label":"cat"}
                {"text":null,"image":"1.png","label":"dog"}
                """));
    assertThat(json.get(0).sources()).containsOnlyKeys("text");
    assertThat(json.get(1).sources()).containsOnlyKeys("image");
  }

  @Test
  void refusesABlankCellOfTheOnlyColumn() throws IOException {
    Path file = file("a.csv", "text,label\nx,cat\n ,cat\n");
    Map<String, Modality> text = Map.of("text", COLUMNS.get("text"));
    assertThatThrownBy(() -> Table.read(file, text, Table.Labelled.REQUIRED))
        .isInstanceOf(PmfException.class)
        .hasMessage(file + " row 2 (line 3), column text: the cell is blank");
  }

  static Stream<Arguments> bad() {
    String header = "text,image,label\n";
    return Stream.of(
        arguments("a.csv", "", ": the file is empty"),
        arguments("a.csv", header, ": there are no rows of data"),
        arguments("a.csv", "text,label\nx,cat\n", ": no column 'image'; there are: text, label"),
        arguments("a.csv", "text,image\nx,1.png\n", ": no column 'label'; there are: text, image"),
        arguments(
            "a.csv",
            header + "x,1.png,cat\n ,,cat\n",
            " row 2 (line 3): the cells of image, text are all blank; a row needs one at least"),
        arguments(
            "a.csv", header + "x,1.png,\n", " row 1 (line 2), column label: the cell is blank"),
        arguments(
            "a.csv",
            header + "x,1.png,cat\nx, y,1.png,cat\n",
            " row 2 (line 3): 4 cells, but the header has 3"),
        arguments(
            "a.csv",
            header + "x,1.png\n",
            " row 1 (line 2): 2 cells, but the header has 3 columns"),
        arguments("a.csv", "text,text,image,label\n", ": the header has the column 'text' twice"),
        arguments("a.csv", header + "\"x,1.png,cat\n", " row 1 (line 2): the quotes do not fit: "),
        arguments("a.jsonl", "", ": there are no rows of data"),
        arguments("a.jsonl", "{\"text\":\"x\"\n", " row 1 (line 1): not valid JSON: "),
        arguments("a.jsonl", "[1]\n", " row 1 (line 1): not a JSON object"),
        arguments(
            "a.jsonl",
            "{\"text\":\"x\",\"label\":\"c\"}\n",
            ": no column 'image'; there are: text, label"),
        arguments(
            "a.jsonl",
            "{\"text\":\"x\",\"image\":null,\"label\":\"c\"}\n{\"image\":null,\"label\":\"c\"}\n",
            " row 2 (line 2): the cells of image, text are all blank; a row needs one at least"),
        arguments(
            "a.jsonl",
            "{\"text\":\"x\",\"image\":\"1.png\"}\n",
            ": no column 'label'; there are: text, image"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("bad")
  void saysInOneLineWhatIsWrong(String name, String content, String message) throws IOException {
    Path file = file(name, content);
    assertThatThrownBy(() -> read(file))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INPUT))
        .hasMessageStartingWith(file + message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesOtherEncodings() throws IOException {
    for (String name : List.of("a.csv", "a.jsonl")) {
      Path file = folder.resolve(name);
      String rows = "text,image,label\n" + "x,1.png,cat\n".repeat(5000) + "ü,1.png,cat\n";
      Files.write(file, rows.getBytes(StandardCharsets.ISO_8859_1));
      assertThatThrownBy(() -> read(file))
          .isInstanceOf(PmfException.class)
          .hasMessage(
              file
                  + " line 5002: not valid UTF-8; save the table in UTF-8, or name a CSV's"
                  + " encoding, such as --csv encoding=windows-1252");
    }
  }

  @Test
  void namesAMissingFile() {
    Path none = folder.resolve("none.csv");
    assertThatThrownBy(() -> read(none))
        .isInstanceOf(PmfException.class)
        .hasMessage(none + ": no such file");
  }
}
