package org.pmf4j.ort;

import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.engine.CpuAlone;
import org.pmf4j.api.backend.engine.EngineBackend;
import org.pmf4j.onnx.Opset;

/**
 * Opens backends over the one ONNX Runtime of this process.
 *
 * @param opset that graphs are written in
 */
record OrtBackendFactory(Opset opset) implements BackendFactory {
  OrtBackendFactory() {
    this(Opset.DEFAULT);
  }

  @Override
  public String name() {
    return OrtEngine.NAME;
  }

  @Override
  public String description() {
    return "ONNX Runtime, on the CPU, for inference alone";
  }

  @Override
  public Backend open(BackendOptions options) {
    CpuAlone.require(OrtEngine.NAME, options.device());
    return EngineBackend.of(new OrtEngine(OrtRuntime.load(options.threads()), opset));
  }
}
