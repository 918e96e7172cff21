package org.pmf4j.tf;

import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.engine.CpuAlone;
import org.pmf4j.api.backend.engine.EngineBackend;

/** Opens backends over the one TensorFlow of this process. */
final class TfBackendFactory implements BackendFactory {
  @Override
  public String name() {
    return TfEngine.NAME;
  }

  @Override
  public String description() {
    return "TensorFlow graphs by way of TensorFlow-Java, on the CPU";
  }

  @Override
  public Backend open(BackendOptions options) {
    CpuAlone.require(TfEngine.NAME, options.device());
    return EngineBackend.of(new TfEngine(TfRuntime.load(options.threads())));
  }
}
