package org.pmf4j.core.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.data.Row;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableReader;
import org.pmf4j.core.data.TableScan;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.progress.Progress;

@DisplayName("A table that is cut")
class SplitterTest {
  private static final SplitRule USUAL = shares("0.6,0.2,0.2", 0, null);

  @TempDir private Path folder;

  private static SplitRule shares(String shares, long seed, String group) {
    return new SplitRule.ByShares(Shares.parse(shares), seed, Optional.ofNullable(group));
  }

  private TableLocation table(String name, String... lines) throws IOException {
    return TableLocation.of(Files.write(folder.resolve(name), List.of(lines)));
  }

  private TableLocation twenty() throws IOException {
    String[] lines = new String[21];
    lines[0] = "text,label,patient";
    IntStream.range(0, 20)
        .forEach(i -> lines[i + 1] = "t" + i + "," + (i % 4 == 0 ? "a" : "b") + ",p" + i / 2);
    return table("twenty.csv", lines);
  }

  private static Split cut(TableLocation table, String task, SplitRule rule) {
    return new Splitter(TableReader.DEFAULT, Map.of()).split(table, task, rule, Progress.SILENT);
  }

  private static Split cut(TableLocation table, SplitRule rule) {
    return cut(table, Task.SINGLE_LABEL, rule);
  }

  @Test
  @DisplayName("has every row in one part, the same ones for one seed on every machine")
  void everywhereTheSame() throws IOException {
    Split split = cut(twenty(), USUAL);
    assertThat(split).hasToString("train 12, validation 4, test 4");
    BitSet all = new BitSet();
    split.parts().values().forEach(all::or);
    assertThat(all.cardinality()).isEqualTo(20);
    assertThat(RowNumbers.text(split.parts().get(Part.TEST))).isEqualTo("1,3,6,14");
    assertThat(cut(twenty(), USUAL)).isEqualTo(split);
    assertThat(cut(twenty(), shares("0.6,0.2,0.2", 1, null)).parts()).isNotEqualTo(split.parts());
  }

  @Test
  @DisplayName("gives its parts' rows with the numbers that they have in the whole table")
  void rowsOfAPart() throws IOException {
    TableLocation table = twenty();
    Split split = cut(table, USUAL);
    StringBuilder places = new StringBuilder();
    int rows = 0;
    try (TableScan scan =
        TableScan.open(TableReader.DEFAULT, split.of(table, Part.TEST), List.of())) {
      for (Row row = scan.next(); row != null; row = scan.next()) {
        places.append(row.place()).append(' ');
        rows++;
      }
    }
    assertThat(rows).isEqualTo(4);
    int first = split.parts().get(Part.TEST).nextSetBit(0) + 1;
    assertThat(places.toString()).contains("row " + first + " (line " + (first + 1) + ")");
    assertThat(split.of(table, Part.TEST).fingerprint())
        .isNotEqualTo(split.of(table, Part.TRAIN).fingerprint())
        .isNotEqualTo(table.fingerprint());
  }

  @Test
  @DisplayName("keeps the rows of a group together")
  void groups() throws IOException {
    Split split = cut(twenty(), shares("0.6,0.2,0.2", 0, "patient"));
    for (BitSet rows : split.parts().values()) {
      for (int row = 0; row < 20; row += 2) {
        assertThat(rows.get(row)).isEqualTo(rows.get(row + 1));
      }
    }
    assertThat(split.count(Part.TEST)).isEqualTo(4);
  }

  @Test
  @DisplayName("goes by several labels, numbers, and a column of its own")
  void otherTasks() throws IOException {
    String[] tags = new String[31];
    String[] numbers = new String[31];
    tags[0] = "text,label";
    numbers[0] = "text,label";
    for (int i = 0; i < 30; i++) {
      tags[i + 1] = "t," + (i % 5 == 0 ? "|" : i % 2 == 0 ? "x|y" : "y");
      numbers[i + 1] = "t," + i * i;
    }
    assertThat(cut(table("tags.csv", tags), Task.MULTI_LABEL, USUAL))
        .hasToString("train 18, validation 6, test 6");
    Split regression = cut(table("numbers.csv", numbers), Task.REGRESSION, USUAL);
    assertThat(regression).hasToString("train 18, validation 6, test 6");
    // Three rows in a range: none has all of its rows in the test part
    assertThat(regression.parts().get(Part.TEST).nextSetBit(0)).isLessThan(15);
    TableLocation own =
        table(
            "own.jsonl", "{\"split\": \"Dev\"}", "{\"split\": \"train\"}", "{\"split\": \"TEST\"}");
    assertThat(cut(own, new SplitRule.ByColumn("split")))
        .hasToString("train 1, validation 1, test 1");
  }

  @Test
  @DisplayName("is written down and read again, and is of one adapter")
  void file() throws IOException {
    Path file = folder.resolve("split.json");
    for (SplitRule rule :
        List.of(USUAL, shares("0.6,0.2,0.2", -5, "patient"), shares("0.5,0.5", 3, null))) {
      Split split = cut(twenty(), rule);
      Files.writeString(file, SplitFile.text(split, Optional.of("abc")));
      assertThat(SplitFile.read(file)).isEqualTo(split);
      assertThat(SplitFile.read(file, "abc")).contains(split);
      assertThat(SplitFile.read(file, "abd")).isEmpty();
    }
    String good = Files.readString(file);
    for (String broken :
        List.of(
            good.replace("\"rows\" : 20", "\"rows\" : 21"),
            good.replace("\"seed\"", "\"sead\""),
            good.replace("\"train\"", "\"trail\""),
            good.replace("\"format_version\" : 1", "\"format_version\" : 2"),
            good.replace("\"parts\"", "\"party\""))) {
      Files.writeString(file, broken);
      assertThatThrownBy(() -> SplitFile.read(file))
          .isInstanceOf(PmfException.class)
          .hasMessage(
              file + ": is no file of a split that this version reads; train anew, or restore it");
    }
  }

  @Test
  @DisplayName("is known again by its content")
  void anotherTable() throws IOException {
    TableLocation table = twenty();
    Split split = cut(table, USUAL);
    Files.writeString(table.path().orElseThrow(), "text,label\nx,a\n");
    assertThatThrownBy(() -> split.of(table, Part.TEST))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("is not the table that was split");
    // Where nothing tells that it is another table, its end does
    try (TableScan scan =
        TableScan.open(TableReader.DEFAULT, split.rowsOf(table, Part.TEST), List.of())) {
      assertThatThrownBy(
              () -> {
                while (scan.next() != null) {}
              })
          .hasMessage(table + ": had 20 rows when it was split, and has 1 now; split it anew");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0.8,0.1;sums to 0.9, not to 1",
        "0.8;has 1 values",
        "1,0;is no share",
        "0,0.5,0.5;above 0 for train",
        "0.8,x,0.1;'x' is no number",
        "0.25,0.25,0.25,0.25;has 4 values",
        "NaN,0.5,0.5;is no share"
      })
  @DisplayName("needs shares of a whole")
  void badShares(String written, String told) {
    assertThatThrownBy(() -> Shares.parse(written))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining(told)
        .hasMessageContaining("--split");
  }

  @Test
  @DisplayName("is refused in one line where rows, labels, groups or parts are missing")
  void refused() throws IOException {
    wrong(table("one.csv", "text,label", "a,b"), USUAL, "nothing is left for validation: 1 rows");
    wrong(table("none.csv", "text,label"), USUAL, "there are no rows of data");
    wrong(table("blank.csv", "text,label", "a,", "b,c"), USUAL, "row 1 (line 2), column label");
    wrong(table("names.csv", "text,class", "a,b"), USUAL, "no column 'label'", "--label COLUMN");
    wrong(
        twenty(), shares("0.6,0.2,0.2", 0, "patent"), "no column 'patent'", "is 'patient' meant?");
    wrong(
        table("groups.csv", "text,label,g", "a,x,1", "b,x,"),
        shares("0.5,0.5", 0, "g"),
        "row 2 (line 3), column g: the cell is blank; each row needs a group");
    wrong(
        table("two.csv", "text,label,g", "a,x,1", "b,x,2", "c,y,2"),
        shares("0.6,0.2,0.2", 0, "g"),
        "2 groups of column g are too few");
    wrong(
        table("parts.csv", "split,label", "train,a", "holdout,b"),
        new SplitRule.ByColumn("split"),
        "row 2 (line 3), column split: 'holdout' is no part; there are train (or training)");
  }

  private static void wrong(TableLocation table, SplitRule rule, String... told) {
    assertThatThrownBy(() -> cut(table, rule))
        .isInstanceOf(PmfException.class)
        .message()
        .contains(told)
        .doesNotContain("\n");
  }

  @Test
  @DisplayName("is told which rows stand in two parts")
  void leaks() {
    long[] hashes = {1, 2, 3, 1, 2, 9, 9, 3};
    byte[] parts = {0, 0, 0, 1, 2, 2, 2, 0};
    assertThat(Leaks.count(hashes, parts)).isEqualTo(Map.of(Part.VALIDATION, 1, Part.TEST, 1));
  }
}
