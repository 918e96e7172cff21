package org.pmf4j.djl;

import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.testkit.backend.BackendConformance;

/** The conformance suite on PyTorch. */
class DjlConformanceTest extends BackendConformance {
  @Override
  protected BackendFactory factory() {
    return new DjlBackendFactory();
  }
}
