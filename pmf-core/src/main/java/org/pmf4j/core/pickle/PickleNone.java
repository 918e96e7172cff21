package org.pmf4j.core.pickle;

/** Python's {@code None}. Immutable, so that any number of threads may share it. */
public enum PickleNone {
  /** The only one. */
  NONE
}
