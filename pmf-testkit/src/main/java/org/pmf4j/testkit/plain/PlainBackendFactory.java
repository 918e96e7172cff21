package org.pmf4j.testkit.plain;

import java.util.Set;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.engine.EngineBackend;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.Kernels;

/**
 * Opens the plain backend, on the one device it has: {@code cpu}, which {@code auto} means too. It
 * computes in double, one operation after the other, and rounds results in FLOAT32 once. Stateless,
 * so that any number of threads may share it.
 */
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
    return open(NAME, new PlainKernels(), options);
  }

  static Backend open(String name, Kernels<PlainValue> kernels, BackendOptions options) {
    if (!options.device().equals("cpu") && !options.device().equals("auto")) {
      throw PmfException.usage("unknown device '" + options.device() + "'; known: auto, cpu");
    }
    String java = "Java " + Runtime.version().feature();
    int threads = Math.max(1, options.threads());
    Set<Capability> can = Set.of(Capability.TRAINING, Capability.FLOAT64);
    BackendInfo info = new BackendInfo(name, java, "cpu", threads, can);
    return EngineBackend.of(new PlainEngine(info, kernels));
  }
}
