package org.pmf4j.cli.option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.CsvDialect;
import org.pmf4j.core.data.TableOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which columns of tables are read, and how. For one thread at a time. */
public final class TableReading {
  private static final CSVFormat NAMES =
      CSVFormat.DEFAULT.builder().setIgnoreSurroundingSpaces(true).get();

  @Option(
      names = "--column",
      paramLabel = "NAME=COLUMN",
      description =
          "the table's column that an encoder reads (default: the column of the encoder's name);"
              + " several for a tabular one, with commas, as in tabular=age,price")
  private Map<String, String> columns = new LinkedHashMap<>();

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "the table's column of labels (default: label)")
  private String label;

  @Mixin private CsvOption csv = new CsvOption();

  /**
   * How tables are read.
   *
   * @param usual what holds where nothing is chosen
   * @throws org.pmf4j.api.error.PmfException for a column without a name, or a dialect of CSV that
   *     there is not
   */
  public TableOptions over(TableOptions usual) {
    Map<String, List<String>> named = new LinkedHashMap<>();
    columns.forEach((encoder, written) -> named.put(encoder, names(written)));
    Columns chosen = usual.columns().with(named, Optional.ofNullable(label));
    return usual.with(chosen).with(csv.dialect());
  }

  /** The encoders that columns are named for. */
  Set<String> named() {
    return columns.keySet();
  }

  /** Names between commas; one with a comma in it stands in double quotes, as in CSV. */
  private static List<String> names(String written) {
    try (CSVParser names = CSVParser.parse(written, NAMES)) {
      return names.stream().flatMap(CSVRecord::stream).toList();
    } catch (IOException | UncheckedIOException e) {
      throw PmfException.usage("--column: " + Quote.value(written) + " has an open quote");
    }
  }

  /** The words that say on a command line how CSV is written. */
  public List<String> csvWords() {
    return csv.words();
  }

  /** How CSV is written. */
  public CsvDialect csv() {
    return csv.dialect();
  }
}
