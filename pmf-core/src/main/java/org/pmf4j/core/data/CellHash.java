package org.pmf4j.core.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.pmf4j.api.table.Cell;

/**
 * A hash of 64 bits by which equal rows are found: the first of SHA-256, so that among ten million
 * different rows two have the same with a probability of some millionths. For one thread at a time.
 */
public final class CellHash {
  private final MessageDigest digest;

  /** A hash of nothing yet. */
  public CellHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Adds a cell: the bytes of one that has some, else its text, without white space at its ends.
   */
  public CellHash add(Cell cell) {
    return cell instanceof Cell.Bytes bytes
        ? add(bytes.bytes())
        : add(cell.isBlank() ? "" : cell.text().strip());
  }

  /** Adds a text. */
  public CellHash add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes. */
  public CellHash add(byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
    return this;
  }

  /** The hash of all that was added, after which it begins anew. */
  public long value() {
    return ByteBuffer.wrap(digest.digest()).getLong();
  }
}
