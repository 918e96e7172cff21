package org.pmf4j.bench.methods.work;

import java.util.OptionalLong;
import org.pmf4j.bench.process.ProcessMemory;

/**
 * Resident memory of a process at its peak, native memory included, in bytes. Immutable, so that
 * any number of threads may share it.
 *
 * @param peak all of it, the JVM's own part included
 * @param above how much of it came on top of what was resident once JVM and engine had started
 */
public record ResidentMemory(long peak, long above) {

  /** What is resident once the engine is there: where {@link #since} begins. */
  static OptionalLong started() {
    System.gc();
    return ProcessMemory.resident();
  }

  /** The peak so far; null where the system does not tell. */
  static ResidentMemory since(OptionalLong started) {
    OptionalLong peak = ProcessMemory.peak();
    if (started.isEmpty() || peak.isEmpty()) {
      return null;
    }
    return new ResidentMemory(
        peak.getAsLong(), Math.max(0, peak.getAsLong() - started.getAsLong()));
  }

  /** The larger of two; null counts as nothing. */
  static ResidentMemory larger(ResidentMemory a, ResidentMemory b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return new ResidentMemory(Math.max(a.peak, b.peak), Math.max(a.above, b.above));
  }
}
