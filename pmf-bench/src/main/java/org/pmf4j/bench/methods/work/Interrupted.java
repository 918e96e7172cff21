package org.pmf4j.bench.methods.work;

import java.nio.file.Files;
import java.nio.file.Path;
import org.pmf4j.bench.json.JsonFile;

/**
 * What earlier processes measured of a training that was interrupted, so that going on with it
 * forgets nothing.
 *
 * @param memory the largest so far; null where nothing is known
 * @param seconds spent, up to the last epoch that ended
 * @param parts how many processes there were
 */
record Interrupted(ResidentMemory memory, double seconds, int parts) {
  private static final String NAME = "measured.json";

  static Interrupted read(Path folder) {
    Path file = folder.resolve(NAME);
    return Files.exists(file)
        ? JsonFile.read(file, Interrupted.class)
        : new Interrupted(null, 0, 0);
  }

  /** These and one more process. */
  Interrupted and(ResidentMemory more, double time) {
    return new Interrupted(ResidentMemory.larger(memory, more), seconds + time, parts + 1);
  }

  void write(Path folder) {
    JsonFile.write(folder.resolve(NAME), this);
  }
}
