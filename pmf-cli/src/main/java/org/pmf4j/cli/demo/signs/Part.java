package org.pmf4j.cli.demo.signs;

import java.util.Locale;

/** The parts of a sign that are asked about, from the outside inwards. */
enum Part {
  /** The band along the edge. */
  RIM,
  /** The area inside the rim. */
  PLATE,
  /** The figure in the middle of the plate. */
  SYMBOL;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
