package org.pmf4j.core.probe;

/** What is said of a fused model beside a linear probe, by the interval of their difference. */
public enum Verdict {
  /** The whole interval is on the side of the fused model. */
  BETTER,
  /** The interval holds 0: these rows do not tell the two apart. */
  NO_BETTER,
  /** The whole interval is on the side of the probe. */
  WORSE
}
