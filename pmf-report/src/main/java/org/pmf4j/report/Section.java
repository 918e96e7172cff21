package org.pmf4j.report;

/**
 * A part of a report, under a heading of its own. Immutable, so that any number of threads may
 * share it.
 */
public sealed interface Section
    permits Headline, Remarks, Charts, DataTable, ConfusionTable, Samples, Details {
  /** The heading; blank for none. */
  String title();

  /** What stands below the heading, as HTML in which all given text is escaped. */
  String html();
}
