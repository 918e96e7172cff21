package org.pmf4j.cli.rows;

import java.nio.file.Path;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.cli.option.Choice;
import picocli.CommandLine.Option;

/** How the rows of a command are written. For one thread at a time. */
public final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = Formats.class,
      description =
          "of the rows: csv, jsonl or json (default: as the file's name ends, else csv); in JSON"
              + " numbers are numbers and what is missing is null")
  private RowFormat format;

  @Option(
      names = "--for-spreadsheets",
      description =
          "in CSV, put an apostrophe before texts that a spreadsheet would run as a formula, such"
              + " as =1+1")
  private boolean forSpreadsheets;

  /** A format by its name. */
  static final class Formats extends Choice<RowFormat> {
    Formats() {
      super(RowFormat.class);
    }
  }

  /**
   * The format of rows that go somewhere.
   *
   * @throws PmfException if the rows are for spreadsheets, and not CSV
   */
  public RowFormat of(Path target) {
    RowFormat chosen = format == null ? RowFormat.of(target) : format;
    if (forSpreadsheets && chosen != RowFormat.CSV) {
      throw PmfException.usage("--for-spreadsheets goes with CSV alone: JSON is no formula");
    }
    return chosen;
  }

  /** How a text is written in a cell of CSV. */
  public String text(String cell) {
    return forSpreadsheets ? Spreadsheets.asText(cell) : cell;
  }

  /**
   * Refuses options of rows where there are none.
   *
   * @param needed the option that would give rows
   * @throws PmfException naming the option
   */
  public void requireNone(String needed) {
    if (format != null || forSpreadsheets) {
      throw PmfException.usage(
          (format == null ? "--for-spreadsheets" : "--format") + " goes with " + needed);
    }
  }
}
