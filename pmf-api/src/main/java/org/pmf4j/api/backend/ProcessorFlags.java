package org.pmf4j.api.backend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the processor multiplies fast, for backends whose engines ask it the same: told by the flags
 * in {@code /proc/cpuinfo}, less what variables of the environment forbid the engines to use. Where
 * there is no such file nothing is known to be fast.
 */
public final class ProcessorFlags {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** Flags of x86 and of ARM. */
  private static final Set<String> BFLOAT16 = Set.of("avx512_bf16", "amx_bf16", "bf16");

  /**
   * By which oneDNN, which multiplies for PyTorch and TensorFlow, is kept to older instructions.
   */
  private static final List<String> LIMITS = List.of("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA");

  private ProcessorFlags() {}

  /** True if products of BFLOAT16 matrices have instructions of their own here. */
  public static boolean multipliesBfloat16() {
    try {
      return multipliesBfloat16(
          Files.readAllLines(CPU_INFO, StandardCharsets.ISO_8859_1), System.getenv());
    } catch (IOException | SecurityException e) {
      return false;
    }
  }

  static boolean multipliesBfloat16(List<String> cpuInfo, Map<String, String> environment) {
    boolean limited =
        LIMITS.stream()
            .map(name -> environment.getOrDefault(name, "ALL").toUpperCase(Locale.ROOT))
            .anyMatch(isa -> !allowsBfloat16(isa));
    return !limited
        && cpuInfo.stream()
            .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
            .findFirst()
            .map(line -> line.substring(line.indexOf(':') + 1).strip().split("\\s+"))
            .filter(flags -> Arrays.stream(flags).anyMatch(BFLOAT16::contains))
            .isPresent();
  }

  private static boolean allowsBfloat16(String isa) {
    return isa.isEmpty()
        || isa.equals("ALL")
        || isa.equals("DEFAULT")
        || isa.equals("AVX512_CORE_BF16")
        || isa.equals("AVX512_CORE_FP16")
        || isa.startsWith("AVX512_CORE_AMX")
        || isa.startsWith("AVX10");
  }
}
