package org.pmf4j.bench.growth;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What happens in a simulation, in the order of its time; at the same moment, in the order in which
 * it was foreseen. For one thread at a time.
 */
final class EventQueue {
  private record Event(double at, long number, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingDouble(Event::at).thenComparingLong(Event::number));
  private long foreseen;
  private double now;

  /** The time at which the present event happens, in seconds. */
  double now() {
    return now;
  }

  /** Foresees an event, now or later. */
  void at(double time, Runnable what) {
    if (!(time >= now)) {
      throw new IllegalArgumentException(time + " is before " + now);
    }
    events.add(new Event(time, foreseen++, what));
  }

  /** Lets everything happen that is foreseen, and all that follows from it. */
  void run() {
    while (!events.isEmpty()) {
      Event next = events.remove();
      now = next.at();
      next.what().run();
    }
  }
}
