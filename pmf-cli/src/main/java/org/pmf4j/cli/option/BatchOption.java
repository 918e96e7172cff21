package org.pmf4j.cli.option;

import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.model.SavedModel;
import picocli.CommandLine.Option;

/** How many rows are computed at once. For one thread at a time. */
public final class BatchOption {
  /** More than that is not faster, whatever the encoders. */
  private static final int MOST = 10_000;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description =
          "rows that are computed at once (default: 32); more are faster with small encoders, fewer"
              + " take less memory")
  private int rows = SavedModel.BATCH_SIZE;

  /**
   * The number.
   *
   * @throws PmfException for one below 1 or above 10,000
   */
  public int rows() {
    if (rows < 1 || rows > MOST) {
      throw PmfException.usage("--batch-size is a number from 1 to 10000, not " + rows);
    }
    return rows;
  }
}
