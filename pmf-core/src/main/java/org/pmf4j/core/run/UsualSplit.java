package org.pmf4j.core.run;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.LabelScan;
import org.pmf4j.core.split.Shares;
import org.pmf4j.core.split.SplitRule;
import org.pmf4j.core.training.TrainingListener.Decision;

/**
 * How a table is cut where nobody has said it.
 *
 * @param rule empty where there are too few rows
 * @param decision what is told of it
 */
record UsualSplit(Optional<SplitRule> rule, Decision decision) {
  private static final String COLUMN = "split";
  private static final Shares SHARES = new Shares(List.of(0.8, 0.1, 0.1));

  /** Of fewer, a tenth tells nothing. */
  private static final int FEWEST = 50;

  static UsualSplit of(LabelScan seen, TrainConfig config) {
    if (seen.columns().contains(COLUMN) && !isRead(config)) {
      return new UsualSplit(
          Optional.of(new SplitRule.ByColumn(COLUMN)),
          new Decision("split-column", COLUMN, "the table has it"));
    }
    String rows = String.format(Locale.ROOT, "%,d rows, and none to validate on", seen.rows());
    if (seen.rows() < FEWEST) {
      return new UsualSplit(
          Optional.empty(), new Decision("no-split", "", rows + "; too few to hold some out"));
    }
    return new UsualSplit(
        Optional.of(new SplitRule.ByShares(SHARES, config.training().seed(), Optional.empty())),
        new Decision("split", SHARES.toString(), rows));
  }

  /** True if the column is an encoder's, or the label, and no column of parts. */
  private static boolean isRead(TrainConfig config) {
    Columns columns = config.tables().columns();
    return columns.label().equals(COLUMN)
        || Stream.concat(config.encoders().keySet().stream(), config.madeEncoders().stream())
            .anyMatch(name -> columns.of(name).contains(COLUMN));
  }
}
