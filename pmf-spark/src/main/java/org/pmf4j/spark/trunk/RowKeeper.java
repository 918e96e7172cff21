package org.pmf4j.spark.trunk;

import org.pmf4j.api.error.PmfException;

/**
 * Keeps what trunks compute of the rows of a partition. For one thread at a time.
 *
 * @param <R> how a row comes
 */
public interface RowKeeper<R> extends AutoCloseable {
  /**
   * Computes and keeps what is missing of a row.
   *
   * @param place where it stands, for messages about rows that do not know it
   * @return how many samples were computed
   * @throws PmfException naming the row that cannot be prepared, or what cannot be written
   */
  int keep(R row, String place);

  /** Gives back what was borrowed for it. */
  @Override
  void close();
}
