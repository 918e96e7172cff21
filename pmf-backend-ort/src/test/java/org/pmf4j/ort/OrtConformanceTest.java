package org.pmf4j.ort;

import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.testkit.backend.BackendConformance;

class OrtConformanceTest extends BackendConformance {
  @Override
  protected BackendFactory factory() {
    return new OrtBackendFactory();
  }
}
