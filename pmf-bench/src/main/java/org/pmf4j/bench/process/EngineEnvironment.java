package org.pmf4j.bench.process;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Variables of the environment that change how fast engines compute. The launcher {@code pmf} sets
 * the same for the command itself; every process that is measured gets them, whatever it runs, so
 * that none has an advantage. Has no state: any thread may call it.
 */
public final class EngineEnvironment {
  /** How OpenMP's threads wait for work: where it is said, that holds. */
  private static final String WAIT_POLICY = "OMP_WAIT_POLICY";

  /** For a tenth of a millisecond they look for work before they sleep. */
  private static final String SPIN_COUNT = "GOMP_SPINCOUNT";

  /**
   * Among them, glibc keeps up to 256 MiB that were freed, instead of giving them back and fetching
   * them anew, page by page, for the next large tensor.
   */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          SPIN_COUNT,
          "10000",
          "MALLOC_ARENA_MAX",
          "1",
          "MALLOC_MMAP_THRESHOLD_",
          "67108864",
          "MALLOC_TRIM_THRESHOLD_",
          "268435456",
          "OPT_OUT_TRACKING",
          "true",
          "TF_CPP_MIN_LOG_LEVEL",
          "3");

  /** What a report tells of the environment. */
  private static final List<String> TOLD =
      List.of(
          "OMP_NUM_THREADS",
          WAIT_POLICY,
          SPIN_COUNT,
          "MALLOC_ARENA_MAX",
          "MALLOC_MMAP_THRESHOLD_",
          "MALLOC_TRIM_THRESHOLD_",
          "GLIBC_TUNABLES",
          "LD_PRELOAD",
          "MKL_NUM_THREADS",
          "TF_NUM_INTRAOP_THREADS");

  private EngineEnvironment() {}

  /** Adds what is not said in a process's environment. */
  public static void complete(Map<String, String> environment) {
    boolean waits = environment.containsKey(WAIT_POLICY);
    DEFAULTS.forEach(
        (name, value) -> {
          if (!(waits && name.equals(SPIN_COUNT))) {
            environment.putIfAbsent(name, value);
          }
        });
  }

  /** True if this process was started without what {@link #complete} adds. */
  public static boolean lacksDefaults() {
    Map<String, String> completed = new HashMap<>(System.getenv());
    complete(completed);
    return !completed.equals(System.getenv());
  }

  /** Variables of this process that change how fast engines compute, where they are set. */
  public static Map<String, String> found() {
    Map<String, String> found = new LinkedHashMap<>();
    for (String name : TOLD) {
      String value = System.getenv(name);
      if (value != null) {
        found.put(name, value);
      }
    }
    return found;
  }
}
