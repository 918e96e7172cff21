package org.pmf4j.djl;

import ai.djl.Device;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.engine.EngineBackend;

/** Opens backends over one shared PyTorch engine. */
final class DjlBackendFactory implements BackendFactory {
  @Override
  public String name() {
    return DjlEngine.NAME;
  }

  @Override
  public String description() {
    return "PyTorch by way of DJL, on the CPU or with CUDA";
  }

  @Override
  public Backend open(BackendOptions options) {
    return EngineBackend.of(engine(options));
  }

  static DjlEngine engine(BackendOptions options) {
    PtRuntime runtime = PtRuntime.load();
    Device device = PtDevices.choose(options.device(), runtime.engine());
    int threads = options.threads() == 0 ? runtime.defaultThreads() : options.threads();
    return new DjlEngine(runtime.engine(), device, threads);
  }
}
