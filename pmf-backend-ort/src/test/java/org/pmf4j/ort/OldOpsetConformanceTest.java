package org.pmf4j.ort;

import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.onnx.Opset;
import org.pmf4j.testkit.backend.BackendConformance;

/** The same in the operators of older servers. */
class OldOpsetConformanceTest extends BackendConformance {
  @Override
  protected BackendFactory factory() {
    return new OrtBackendFactory(Opset.V17);
  }
}
