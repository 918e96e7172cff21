package org.pmf4j.cli.predict;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.cli.rows.FormatOption;
import org.pmf4j.cli.rows.RowFormat;
import org.pmf4j.core.data.TableStream;
import org.pmf4j.core.data.Task;

/**
 * A table with predictions added: {@code prediction}, {@code probability} (none for regression) and
 * what {@link AnswerOptions} add.
 */
final class PredictionFile {
  static final String PREDICTION = "prediction";
  static final String PROBABILITY = "probability";

  private final List<String> columns;
  private final AnswerOptions answers;
  private final FormatOption options;
  private final RowFormat format;

  private PredictionFile(
      List<String> columns, AnswerOptions answers, FormatOption options, RowFormat format) {
    this.columns = columns;
    this.answers = answers;
    this.options = options;
    this.format = format;
  }

  /**
   * Predictions over a table.
   *
   * @param options how texts are written
   * @throws PmfException if the table has a column that would be added
   */
  static PredictionFile over(
      TableStream table, AnswerOptions answers, FormatOption options, RowFormat format) {
    for (String column : table.columns()) {
      boolean adds = format == RowFormat.CSV ? answers.adds(column) : answers.addsField(column);
      if (Set.of(PREDICTION, PROBABILITY).contains(column) || adds) {
        throw PmfException.input(
            table.table()
                + ": has a column "
                + Quote.value(column)
                + " already, which would be added; rename it");
      }
    }
    return new PredictionFile(table.columns(), answers, options, format);
  }

  /** Begins to write. */
  PredictionWriter to(OutputStream out, Task task) throws IOException {
    return format == RowFormat.CSV
        ? new CsvPredictions(out, columns, task, answers, options)
        : new JsonPredictions(out, format, columns, answers);
  }
}
