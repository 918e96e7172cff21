package org.pmf4j.bench.growth;

/**
 * Something that does one thing at a time, in the order in which it is asked: a thread, or one
 * direction of a network's link. For one thread at a time.
 */
final class Station {
  private double free;

  /** When it will have done what is asked now, all before it included. */
  double serve(double now, double seconds) {
    free = Math.max(now, free) + seconds;
    return free;
  }

  /** When a transfer out of this and into another will have ended, which takes both. */
  double transfer(Station into, double now, double seconds) {
    double end = Math.max(now, Math.max(free, into.free)) + seconds;
    free = end;
    into.free = end;
    return end;
  }

  double free() {
    return free;
  }
}
