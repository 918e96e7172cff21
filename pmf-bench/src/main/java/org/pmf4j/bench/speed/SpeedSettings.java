package org.pmf4j.bench.speed;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.encoder.MatrixPrecision;

/**
 * What {@code pmf bench speed} measures.
 *
 * @param sizes of the work
 * @param backend its name
 * @param device as a backend's options take it
 * @param threads as a backend's options take them
 * @param plugins folder of plugins; null for none
 * @param precisions of the encoders' matrices, {@code fp32} and {@code bf16}
 * @param variants which are timed
 * @param rounds how often
 * @param gemm side of the matrices of the plain product
 * @param out folder of the results
 * @param work folder of encoders and caches, which are kept; null for one that is removed
 * @param python interpreter that runs the Python originals beside; null for none
 * @param originals their script
 * @param wholeRuns from a table to a model, which take turns with the original's
 */
public record SpeedSettings(
    Sizes sizes,
    String backend,
    String device,
    int threads,
    String plugins,
    List<String> precisions,
    List<SpeedVariant> variants,
    int rounds,
    int gemm,
    Path out,
    Path work,
    String python,
    Path originals,
    WholeRuns wholeRuns) {

  /**
   * Checks the settings.
   *
   * @throws PmfException naming the one that does not serve
   */
  public SpeedSettings {
    precisions = List.copyOf(precisions);
    variants = List.copyOf(variants);
    for (String p : precisions) {
      if (!WorkSpec.PRECISIONS.containsKey(p)) {
        throw PmfException.usage("precision: '" + p + "' is none of: fp32, bf16");
      }
    }
    if (precisions.isEmpty() || variants.isEmpty()) {
      throw PmfException.usage("name at least one precision and one variant");
    }
    if (rounds < 1) {
      throw PmfException.usage("rounds must be 1 or more, got " + rounds);
    }
    if (gemm < 1) {
      throw PmfException.usage("gemm must be 1 or more, got " + gemm);
    }
  }

  /** What its figures depend on, by name. */
  Map<String, String> identity() {
    Map<String, String> m = new LinkedHashMap<>();
    sizes.toMap().forEach((k, v) -> m.put(k, v.toString()));
    m.put("backend", backend);
    m.put("device", device);
    m.put("threads", Integer.toString(threads));
    m.put("precision", String.join(",", precisions));
    m.put("variants", String.join(",", variants.stream().map(SpeedVariant::key).toList()));
    m.put("gemm", Integer.toString(gemm));
    m.put("python", python == null ? "none" : python);
    if (!wholeRuns.epochs().isEmpty()) {
      m.put("epochs of whole runs", wholeRuns.epochs().toString());
      m.put("rows of whole runs", Integer.toString(wholeRuns.rows()));
    }
    return m;
  }

  /** The work in one precision, in a folder of encoders and caches. */
  WorkSpec work(Path folder, String precision) {
    return new WorkSpec(backend, device, threads, plugins, folder.toString(), sizes, precision);
  }

  /** In which type a precision's frozen matrices are held. */
  MatrixPrecision matrices(String precision) {
    return WorkSpec.PRECISIONS.get(precision);
  }
}
