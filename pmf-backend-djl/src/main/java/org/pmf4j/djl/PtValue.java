package org.pmf4j.djl;

import ai.djl.pytorch.engine.PtNDArray;

/**
 * A PyTorch array and what its memory belongs to. All operations of this backend leave their
 * operands' memory unchanged, so that views may share it; only a parameter's memory is written to.
 *
 * @param array the array
 * @param memory what it is a view of
 */
record PtValue(PtNDArray array, Memory memory) {

  /** A result in memory of its own. */
  static PtValue own(PtNDArray array) {
    return new PtValue(array, Memory.OWN);
  }

  void close() {
    array.close();
  }

  /** What the memory of an array belongs to. */
  sealed interface Memory {
    /** PyTorch's own memory, which is freed with the last array that uses it. */
    Memory OWN = new Own();

    /** A part of a larger array: to hold on to it is to hold on to the whole. */
    Memory PART = new Part();

    /** A parameter's, which assignments overwrite. */
    Memory PARAMETER = new OfParameter();
  }

  private record Own() implements Memory {}

  private record Part() implements Memory {}

  private record OfParameter() implements Memory {}

  /**
   * Memory on the Java side, read in place. PyTorch does not know when it goes, so every view
   * carries the reference that keeps it.
   *
   * @param buffer the direct buffer behind the array
   */
  record Host(java.nio.ByteBuffer buffer) implements Memory {}
}
