package org.pmf4j.core.data;

import java.util.BitSet;
import java.util.Objects;
import org.pmf4j.api.file.Fingerprint;

/**
 * Some rows of a table. Immutable, so that any number of threads may share it.
 *
 * @param name what they are called, such as {@code test}
 * @param rows positions from 0, in the order of the table
 * @param of how many rows the table has in all
 */
public record RowSelection(String name, BitSet rows, int of) {
  /** Copies the set. */
  public RowSelection {
    Objects.requireNonNull(name, "name");
    rows = (BitSet) rows.clone();
    if (rows.length() > of) {
      throw new IllegalArgumentException("row " + rows.length() + " of " + of);
    }
  }

  @Override
  public BitSet rows() {
    return (BitSet) rows.clone();
  }

  /** Whether a row is among them. */
  boolean has(int position) {
    return rows.get(position);
  }

  /** What tells them from others, in hexadecimal digits. */
  String fingerprint() {
    return Fingerprint.ofParts(name, rows.toString(), String.valueOf(of));
  }
}
