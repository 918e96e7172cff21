package org.pmf4j.report;

import java.util.List;

/** Places numbers along a side of a chart. */
interface Axis {
  /** A number's place, in the picture's units. */
  double place(double value);

  /** Round numbers from the axis's beginning to its end. */
  List<Double> ticks();

  /** A tick's number as text. */
  String label(double tick);
}
