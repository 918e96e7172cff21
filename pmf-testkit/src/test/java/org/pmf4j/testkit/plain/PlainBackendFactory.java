package org.pmf4j.testkit.plain;

import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.engine.EngineBackend;
import org.pmf4j.api.error.PmfException;

/** Opens the plain backend, on the one device it has. */
public final class PlainBackendFactory implements BackendFactory {
  static final String NAME = "plain";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "plain Java, float64 arithmetic, one thread: for reading and for checking";
  }

  @Override
  public Backend open(BackendOptions options) {
    requireCpu(options);
    return EngineBackend.of(
        new PlainEngine(new PlainKernels(), NAME, Math.max(1, options.threads())));
  }

  static void requireCpu(BackendOptions options) {
    if (!options.device().equals("cpu") && !options.device().equals("auto")) {
      throw PmfException.usage("unknown device '" + options.device() + "'; known: auto, cpu");
    }
  }
}
