package org.pmf4j.cli.doctor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.pmf4j.bench.machine.Machine;

/** Looks at the processor, memory and devices. */
final class MachineCheck {
  private static final Path CPU = Path.of("/proc/cpuinfo");
  private static final Path NVIDIA = Path.of("/proc/driver/nvidia/version");

  /** Instructions that engines compute their products by. */
  private static final String WIDE = "avx2";

  private static final Set<String> BFLOAT16 = Set.of("avx512_bf16", "amx_bf16");

  /** What base-size encoders, their engine and a batch need. */
  private static final double ENOUGH_GIB = 4;

  private MachineCheck() {}

  static List<Finding> findings() {
    List<Finding> all = new ArrayList<>();
    Machine here = Machine.here();
    all.add(Finding.ok("system", here.system()));
    all.add(processor(here));
    all.add(memory());
    if (Files.exists(NVIDIA)) {
      all.add(
          Finding.slow(
              "GPU",
              "an NVIDIA driver is installed, and PMF comes with engines for processors",
              "for --device cuda, put DJL's pytorch-native of your CUDA on the class path, as the"
                  + " README says of backends"));
    }
    return all;
  }

  private static Finding processor(Machine here) {
    String found = here.processor() + ", " + here.cores() + " cores for this process";
    Optional<Set<String>> flags = flags();
    if (flags.isEmpty()) {
      return Finding.ok("processor", found);
    }
    Set<String> fast = new TreeSet<>(flags.get());
    fast.retainAll(BFLOAT16);
    String with = fast.isEmpty() ? ", bf16 in software" : ", bf16 by " + String.join(", ", fast);
    return flags.get().contains(WIDE) || !here.system().contains("amd64")
        ? Finding.ok("processor", found + with)
        : Finding.slow(
            "processor",
            found + ", without " + WIDE,
            "take a machine with " + WIDE + ", whose wide instructions engines compute by");
  }

  private static Optional<Set<String>> flags() {
    if (!Files.isReadable(CPU)) {
      return Optional.empty();
    }
    try {
      return Files.readAllLines(CPU).stream()
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> Set.copyOf(Arrays.asList(line.replaceAll(".*:\\s*", "").split("\\s+"))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** As this process may use it: a container's limit counts. */
  private static Finding memory() {
    if (!(ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system)) {
      return Finding.ok("memory", "unknown");
    }
    double all = system.getTotalMemorySize() / Math.pow(1024, 3);
    double free = system.getFreeMemorySize() / Math.pow(1024, 3);
    String found = String.format(Locale.ROOT, "%.1f GiB, %.1f GiB of it unused", all, free);
    return all < ENOUGH_GIB
        ? Finding.slow(
            "memory",
            found,
            "enough for small encoders; those of base size take 1.5 to 3 GiB (--precision bf16"
                + " halves the weights)")
        : Finding.ok("memory", found);
  }
}
