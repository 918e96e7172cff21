package org.pmf4j.core.data;

/**
 * How tables are read. Immutable, so that any number of threads may share it.
 *
 * @param columns which columns
 * @param csv how CSV is written
 * @param unknownLabels what is done with rows whose labels training lacks
 * @param stream how standard input is written
 */
public record TableOptions(
    Columns columns, CsvDialect csv, UnknownLabels unknownLabels, StreamFormat stream) {
  /** Columns of the encoders' names, plain CSV, and every label known. */
  public static final TableOptions DEFAULT =
      new TableOptions(
          Columns.DEFAULT, CsvDialect.DEFAULT, UnknownLabels.REFUSE, StreamFormat.AUTO);

  /** These, with standard input as its first character tells. */
  public TableOptions(Columns columns, CsvDialect csv, UnknownLabels unknownLabels) {
    this(columns, csv, unknownLabels, StreamFormat.AUTO);
  }

  /** These with other columns. */
  public TableOptions with(Columns other) {
    return new TableOptions(other, csv, unknownLabels, stream);
  }

  /** These with CSV that is written otherwise. */
  public TableOptions with(CsvDialect other) {
    return new TableOptions(columns, other, unknownLabels, stream);
  }

  /** These with another choice for unknown labels. */
  public TableOptions with(UnknownLabels other) {
    return new TableOptions(columns, csv, other, stream);
  }

  /** These with standard input that is written otherwise. */
  public TableOptions with(StreamFormat other) {
    return new TableOptions(columns, csv, unknownLabels, other);
  }
}
