package org.pmf4j.core.pickle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Python's {@code list}. Equal to itself alone: a file may put a value into itself, and comparing
 * would not end. For one thread at a time.
 */
public final class PickleList {
  private final List<Object> values = new ArrayList<>(0);

  void addAll(List<Object> more) {
    values.addAll(more);
  }

  /** Its elements. */
  public List<Object> values() {
    return Collections.unmodifiableList(values);
  }

  @Override
  public String toString() {
    return "list of " + values.size();
  }
}
