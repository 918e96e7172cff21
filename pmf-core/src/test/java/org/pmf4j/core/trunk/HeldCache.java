package org.pmf4j.core.trunk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that uses a cache until its input ends. */
final class HeldCache {
  private HeldCache() {}

  /** Takes the folder of a cache, and a file that is made once it is in use. */
  public static void main(String[] args) throws IOException {
    try (CacheUse use = CacheUse.begin(Path.of(args[0]), Path.of("elsewhere")).orElseThrow()) {
      Files.writeString(Path.of(args[1]), use.getClass().getName());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Starts one, and waits until it uses the cache. */
  static Process start(Path cache, Path scratch) throws IOException, InterruptedException {
    Path held = scratch.resolve("held");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HeldCache.class.getName(),
                cache.toString(),
                held.toString())
            .redirectError(scratch.resolve("err").toFile())
            .start();
    while (process.isAlive() && !Files.exists(held)) {
      Thread.sleep(20);
    }
    if (!process.isAlive()) {
      throw new AssertionError(Files.readString(scratch.resolve("err")));
    }
    return process;
  }
}
