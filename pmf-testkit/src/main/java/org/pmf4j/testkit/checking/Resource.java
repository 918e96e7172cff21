package org.pmf4j.testkit.checking;

import java.util.Locale;

/** Something that its receiver closes: what it is, where it was made and where it was closed. */
final class Resource {
  private final long number;
  private final String what;
  private final Site made = Site.here();
  private Site closed;

  /**
   * Made here and now.
   *
   * @param number in the order of making
   */
  Resource(long number, String what) {
    this.number = number;
    this.what = what;
  }

  long number() {
    return number;
  }

  synchronized boolean isClosed() {
    return closed != null;
  }

  /** Closed here and now; false if it was closed before. */
  synchronized boolean close() {
    boolean first = closed == null;
    closed = first ? Site.here() : closed;
    return first;
  }

  /** What it is and where it was made. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s, made at %s", what, made);
  }

  /** Where it was made and closed, to follow what it is. */
  synchronized String history() {
    return ", made at " + made + (closed == null ? "" : ", closed at " + closed);
  }
}
