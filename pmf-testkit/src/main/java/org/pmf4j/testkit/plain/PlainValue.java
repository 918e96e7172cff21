package org.pmf4j.testkit.plain;

/**
 * What this backend's operations take and return. An array never changes, so that operations may
 * share its memory and nobody has to copy it; what changes is which array a parameter's variable
 * holds. Values are told apart by identity, because a gradient belongs to one of them.
 */
sealed interface PlainValue permits PlainArray, Variable {
  /** The elements at this moment. */
  PlainArray array();

  /** The elements of a value that carries floating-point numbers, as the API has checked. */
  static DoubleArray reals(PlainValue value) {
    return (DoubleArray) value.array();
  }
}
