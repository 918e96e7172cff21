package org.pmf4j.onnx;

import org.pmf4j.api.tensor.Shape;

/**
 * A dimension of an input: a size, or open under a name. Immutable, so that any number of threads
 * may share it.
 *
 * @param size at least 0, or {@link Shape#UNKNOWN} if it is open
 * @param name of an open one; those of one name are of one size in a run. Null if it has a size
 */
public record Dim(long size, String name) {
  /** Refuses a size with a name. */
  public Dim {
    if (size < Shape.UNKNOWN || (size == Shape.UNKNOWN) == (name == null)) {
      throw new IllegalArgumentException("a dimension has a size or a name: " + size + " " + name);
    }
  }

  /** A dimension that is the same in all runs. */
  public static Dim of(long size) {
    return new Dim(size, null);
  }

  /** A dimension that each run decides, such as {@code batch}. */
  public static Dim open(String name) {
    return new Dim(Shape.UNKNOWN, name);
  }
}
