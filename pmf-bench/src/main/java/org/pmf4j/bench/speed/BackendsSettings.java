package org.pmf4j.bench.speed;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.error.PmfException;

/**
 * What {@code pmf bench backends} measures.
 *
 * @param sizes of the work
 * @param backends their names; empty for all that are found
 * @param device as a backend's options take it
 * @param threads as a backend's options take them
 * @param plugins folder of plugins; null for none
 * @param precision of the encoders' matrices, {@code fp32} or {@code bf16}
 * @param rounds how often each piece of work is timed
 * @param gemm side of the matrices of the plain product
 * @param out folder of the results
 * @param work folder of encoders and caches, which are kept; null for one that is removed
 */
public record BackendsSettings(
    Sizes sizes,
    List<String> backends,
    String device,
    int threads,
    String plugins,
    String precision,
    int rounds,
    int gemm,
    Path out,
    Path work) {

  /**
   * Checks the settings.
   *
   * @throws PmfException naming the one that does not serve
   */
  public BackendsSettings {
    backends = List.copyOf(backends);
    if (!WorkSpec.PRECISIONS.containsKey(precision)) {
      throw PmfException.usage("precision: '" + precision + "' is none of: fp32, bf16");
    }
    if (rounds < 1) {
      throw PmfException.usage("rounds must be 1 or more, got " + rounds);
    }
    if (gemm < 1) {
      throw PmfException.usage("gemm must be 1 or more, got " + gemm);
    }
  }

  /** What its figures depend on, by name. */
  Map<String, String> identity(List<String> found) {
    Map<String, String> m = new LinkedHashMap<>();
    sizes.toMap().forEach((k, v) -> m.put(k, v.toString()));
    m.put("backends", String.join(",", found));
    m.put("device", device);
    m.put("threads", Integer.toString(threads));
    m.put("precision", precision);
    m.put("gemm", Integer.toString(gemm));
    return m;
  }

  /** The work on one backend. */
  WorkSpec work(Path folder, String backend) {
    return new WorkSpec(backend, device, threads, plugins, folder.toString(), sizes, precision);
  }
}
