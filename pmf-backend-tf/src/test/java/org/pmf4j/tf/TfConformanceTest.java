package org.pmf4j.tf;

import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.testkit.backend.BackendConformance;

class TfConformanceTest extends BackendConformance {
  @Override
  protected BackendFactory factory() {
    return new TfBackendFactory();
  }
}
