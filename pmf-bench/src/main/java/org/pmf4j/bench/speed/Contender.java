package org.pmf4j.bench.speed;

import java.nio.file.Path;
import java.util.List;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.bench.speed.SpeedVariant.Kind;

/**
 * A backend in one of the precisions that it takes turns in.
 *
 * @param backend its name
 * @param precision of the encoders' matrices
 */
record Contender(String backend, String precision) {

  /** A backend in the precision that is asked for and, if it has these, in 8-bit integers. */
  static List<Contender> of(Backend backend, String precision) {
    String name = backend.info().name();
    Contender asked = new Contender(name, precision);
    return backend.info().can(Capability.INT8)
        ? List.of(asked, new Contender(name, WorkSpec.INT8))
        : List.of(asked);
  }

  /** By which its figures are kept. */
  String key() {
    return isInIntegers() ? backend + "-" + precision : backend;
  }

  /** Key of the plain product beside which it works: the engine's, in no integers. */
  String gemm() {
    return backend + "/" + Gemm.KEY;
  }

  private boolean isInIntegers() {
    return precision.equals(WorkSpec.INT8);
  }

  /** What is timed: inference alone in integers, and where the backend does not train. */
  List<SpeedVariant> variants(Backend on) {
    boolean trains = on.info().can(Capability.TRAINING) && !isInIntegers();
    return BackendsRun.VARIANTS.stream().filter(v -> trains || v.kind() == Kind.INFERENCE).toList();
  }

  /** The work, in a folder of encoders and caches. */
  WorkSpec work(BackendsSettings settings, Path folder) {
    return settings.work(folder, backend).withPrecision(precision);
  }
}
