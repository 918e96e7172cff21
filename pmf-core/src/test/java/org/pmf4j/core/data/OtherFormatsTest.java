package org.pmf4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.modalities.text.TextModality;

@DisplayName("A file of a format that is not read")
class OtherFormatsTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "is named with what makes a table of it: {0}")
  @CsvSource({
    "t.arrow, an Arrow or Feather file, pandas.read_feather",
    "t.feather, an Arrow or Feather file, to_parquet",
    "t.ipc, an Arrow or Feather file, to_parquet",
    "My.XLSX, a spreadsheet, pandas.read_excel",
    "t.avro, an Avro file, Parquet",
    "t.orc, an ORC file, pandas.read_orc",
    "t.sqlite, an SQLite database, sqlite3 -header -csv",
    "t.npy, an array of NumPy, Parquet",
    "t.pkl, a pickle of Python, pandas.read_pickle",
    "t.tfrecord, a file of TFRecords, Parquet"
  })
  void isNamed(String name, String what, String advice) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "anything");
    assertThatThrownBy(
            () ->
                TableStream.open(
                    TableReader.DEFAULT,
                    TableLocation.of(file),
                    Map.of("text", new TextModality())))
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
        .hasMessageStartingWith(file + ": is " + what)
        .hasMessageContaining(advice);
  }
}
