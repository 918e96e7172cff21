package org.pmf4j.cli.option;

import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.split.Shares;
import org.pmf4j.core.split.SplitRule;
import picocli.CommandLine.Option;

/** How one table is cut into parts. For one thread at a time. */
public final class SplitOptions {
  @Option(
      names = "--split",
      paramLabel = "SHARES",
      description =
          "cut --data into train, validation and test rows, as in 0.8,0.1,0.1 (or 0.9,0.1 without"
              + " test), balanced by label")
  private String shares;

  @Option(
      names = "--group-column",
      paramLabel = "COLUMN",
      description = "with --split: rows of one value in this column stay together, as of a patient")
  private String groupColumn;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      description = "with --split: seed of the choice of rows (default: that of the run)")
  private Long seed;

  @Option(
      names = "--split-column",
      paramLabel = "COLUMN",
      description =
          "the column of --data that says train, validation (or valid, val, dev, eval) or test")
  private String column;

  /**
   * How the table is cut, if it is.
   *
   * @param usualSeed where none is chosen
   * @throws PmfException for shares that are none, or options that do not go together
   */
  public Optional<SplitRule> rule(long usualSeed) {
    if (shares == null && (groupColumn != null || seed != null)) {
      throw PmfException.usage(
          (groupColumn != null ? "--group-column" : "--split-seed")
              + " goes with --split, such as --split 0.8,0.1,0.1");
    }
    if (column != null) {
      if (shares != null) {
        throw PmfException.usage("--split and --split-column exclude each other");
      }
      return Optional.of(new SplitRule.ByColumn(column));
    }
    return Optional.ofNullable(shares)
        .map(
            s ->
                new SplitRule.ByShares(
                    Shares.parse(s),
                    seed == null ? usualSeed : seed,
                    Optional.ofNullable(groupColumn)));
  }
}
