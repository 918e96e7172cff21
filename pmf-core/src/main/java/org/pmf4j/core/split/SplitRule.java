package org.pmf4j.core.split;

import java.util.Objects;
import java.util.Optional;

/** How a table is cut. Immutable, so that any number of threads may share it. */
public sealed interface SplitRule {
  /**
   * By chance, balanced by label.
   *
   * @param shares of the parts
   * @param seed of the choice of rows
   * @param groupColumn rows of one value in it go into one part; empty for single rows
   */
  record ByShares(Shares shares, long seed, Optional<String> groupColumn) implements SplitRule {
    /** Refuses null. */
    public ByShares {
      Objects.requireNonNull(shares, "shares");
      Objects.requireNonNull(groupColumn, "groupColumn");
    }

    @Override
    public String toString() {
      return shares + " with seed " + seed + groupColumn.map(c -> ", groups of " + c).orElse("");
    }
  }

  /**
   * As a column of the table says.
   *
   * @param column whose cells name parts
   */
  record ByColumn(String column) implements SplitRule {
    /** Refuses null. */
    public ByColumn {
      Objects.requireNonNull(column, "column");
    }

    @Override
    public String toString() {
      return "column " + column;
    }
  }
}
