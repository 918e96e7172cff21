package org.pmf4j.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * This process's resident memory, native memory included, as Linux tells it; elsewhere it is not
 * told. Has no state: any thread may call it.
 */
public final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  private ProcessMemory() {}

  /** The most that was resident since the start or the last {@link #resetPeak}, in bytes. */
  public static OptionalLong peak() {
    return read("VmHWM");
  }

  /** What is resident now, in bytes. */
  public static OptionalLong resident() {
    return read("VmRSS");
  }

  /** What is resident now and belongs to files, such as weights that are mapped, in bytes. */
  public static OptionalLong mapped() {
    return read("RssFile");
  }

  /**
   * Lets {@link #peak} begin anew from what is resident now.
   *
   * @return false where that cannot be done: the peak is then that of the whole life of the process
   */
  public static boolean resetPeak() {
    try {
      Files.write(CLEAR, "5".getBytes(StandardCharsets.US_ASCII));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * How far resident memory rises above what it was before while {@code work} runs, in bytes; empty
   * where it cannot be told. What the collector can free is freed first.
   */
  public static OptionalLong peakAbove(Runnable work) {
    System.gc();
    OptionalLong before = resident();
    boolean anew = resetPeak();
    work.run();
    OptionalLong peak = peak();
    return anew && before.isPresent() && peak.isPresent()
        ? OptionalLong.of(Math.max(0, peak.getAsLong() - before.getAsLong()))
        : OptionalLong.empty();
  }

  private static OptionalLong read(String key) {
    if (!Files.isReadable(STATUS)) {
      return OptionalLong.empty();
    }
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(key + ":")) {
          return OptionalLong.of(Long.parseLong(line.replaceAll("\\D", "")) * 1024);
        }
      }
      return OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
