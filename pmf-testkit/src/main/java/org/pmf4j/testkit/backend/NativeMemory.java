package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process's resident memory without the Java heap, where the system tells it. Has no state: any
 * thread may call it.
 */
public final class NativeMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private NativeMemory() {}

  /** Skips a test on systems that do not tell. */
  public static void assumeMeasurable() {
    assumeThat(Files.isReadable(STATUS)).as("%s tells the resident memory", STATUS).isTrue();
  }

  /**
   * Resident memory less the heap. The whole heap is made resident first, so that a heap page that
   * is used for the first time does not look like native memory.
   */
  public static long residentKib() {
    touchHeap();
    System.gc();
    long heap = Runtime.getRuntime().totalMemory() / 1024;
    try {
      return Files.readAllLines(STATUS).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow()
          - heap;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void touchHeap() {
    long left = Runtime.getRuntime().totalMemory();
    byte[] garbage = new byte[0];
    while (left > 0) {
      garbage = new byte[1 << 20];
      garbage[garbage.length - 1] = 1;
      left -= garbage.length;
    }
  }
}
