package org.pmf4j.core.pickle;

import java.util.List;

/**
 * Python's {@code tuple}. Equal to itself alone: a file may put a value into itself, and comparing
 * would not end. Immutable but for what is in it. For one thread at a time.
 */
public final class PickleTuple {
  private final List<Object> values;

  /** Takes over an immutable copy. */
  public PickleTuple(List<Object> values) {
    this.values = List.copyOf(values);
  }

  /** Its elements. */
  public List<Object> values() {
    return values;
  }

  @Override
  public String toString() {
    return "tuple of " + values.size();
  }
}
