package org.pmf4j.bench.speed;

import java.nio.file.Path;
import java.util.Map;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.encoder.MatrixPrecision;

/**
 * What work is measured on, such that another process can set it up as well.
 *
 * @param backend its name
 * @param device as a backend's options take it
 * @param threads as a backend's options take them
 * @param plugins folder of plugins; null for none
 * @param folder that holds {@code encoders} and {@code cache}
 * @param sizes of the work
 * @param precision {@code fp32}, {@code bf16} or {@code int8}
 */
public record WorkSpec(
    String backend,
    String device,
    int threads,
    String plugins,
    String folder,
    Sizes sizes,
    String precision) {

  /** Linear layers in 8-bit integers, which are for inference alone. */
  static final String INT8 = "int8";

  /** How each {@link #precision} for training is called on the command line. */
  static final Map<String, MatrixPrecision> PRECISIONS =
      Map.of("fp32", MatrixPrecision.FLOAT32, "bf16", MatrixPrecision.BFLOAT16);

  /** Opens the backend; the caller closes it. */
  Pmf open() {
    BackendOptions options = new BackendOptions(device, threads);
    return plugins == null
        ? Pmf.open(backend, options)
        : Pmf.open(backend, options, Path.of(plugins));
  }

  MatrixPrecision matrices() {
    return precision.equals(INT8) ? MatrixPrecision.INT8 : PRECISIONS.get(precision);
  }

  Path encoders() {
    return Path.of(folder).resolve("encoders");
  }

  Path cache() {
    return Path.of(folder).resolve("cache-" + backend + "-" + precision);
  }

  WorkSpec withPrecision(String other) {
    return new WorkSpec(backend, device, threads, plugins, folder, sizes, other);
  }
}
