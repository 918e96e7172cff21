package org.pmf4j.report;

/**
 * A drawing of numbers, for {@link Charts}. Immutable, so that any number of threads may share it.
 */
public sealed interface Chart permits LineChart, BarChart, ScatterPlot {
  /** What stands above it. */
  String title();

  /** The drawing and its numbers as HTML, in which all given text is escaped. */
  String html();
}
