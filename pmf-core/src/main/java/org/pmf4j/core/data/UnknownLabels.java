package org.pmf4j.core.data;

/** What is done with a row whose label training lacks. */
public enum UnknownLabels {
  /** It is an error, with the place of the row. */
  REFUSE,
  /** It is left out, and how many are is told. */
  SKIP
}
