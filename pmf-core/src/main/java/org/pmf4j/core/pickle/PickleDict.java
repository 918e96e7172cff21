package org.pmf4j.core.pickle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Python's {@code dict}, in order; of two equal keys the later value stays. Equal to itself alone:
 * a file may put a value into itself, and comparing would not end. For one thread at a time.
 */
public final class PickleDict {
  private final Map<Object, Object> entries = new LinkedHashMap<>(0);

  /**
   * Sets a value.
   *
   * @return false if the key is of a kind that Python hashes by what is in it
   */
  public boolean put(Object key, Object value) {
    if (key instanceof PickleTuple || key instanceof PickleList || key instanceof PickleDict) {
      return false;
    }
    entries.put(key, value);
    return true;
  }

  /** Its entries. */
  public Map<Object, Object> entries() {
    return Collections.unmodifiableMap(entries);
  }

  @Override
  public String toString() {
    return "dict of " + entries.size();
  }
}
