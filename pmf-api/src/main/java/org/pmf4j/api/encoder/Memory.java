package org.pmf4j.api.encoder;

/**
 * What queries of one encoder layer attend to: some tokens, and which of them are real. How it is
 * held is the layer's own affair. Used by whichever thread runs the program that it is part of, by
 * several at once.
 */
public interface Memory {
  /**
   * This memory followed by another of the same layer. Where one holds a single sample and the
   * other a batch, the single one serves every sample.
   *
   * @throws IllegalArgumentException if {@code other} comes from another layer, or is a second
   *     sequence for a layer whose attention depends on positions
   */
  Memory join(Memory other);
}
