package org.pmf4j.testkit.plain;

/** The value of a parameter: always the array that was assigned last. */
final class Variable implements PlainValue {
  private volatile DoubleArray current;

  Variable(DoubleArray initial) {
    current = initial;
  }

  @Override
  public DoubleArray array() {
    return current;
  }

  /** Assigns. Whoever read the variable before keeps the array that it held. */
  void set(DoubleArray next) {
    current = next;
  }
}
