package org.pmf4j.core.pmf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** This process's resident memory, as Linux tells it. */
final class ProcessMemory {
  private ProcessMemory() {}

  /** How far resident memory rises above what it is now while {@code work} runs, in MB. */
  static long peakAbove(Runnable work) throws IOException {
    System.gc();
    long before = kib("VmRSS");
    Files.write(Path.of("/proc/self/clear_refs"), "5".getBytes(StandardCharsets.US_ASCII));
    work.run();
    return (kib("VmHWM") - before) / 1024;
  }

  /** What is resident now, in MB. */
  static long resident() throws IOException {
    System.gc();
    return kib("VmRSS") / 1024;
  }

  private static long kib(String key) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(key + ":")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no " + key);
  }
}
