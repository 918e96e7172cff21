package org.pmf4j.testkit.plain;

import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.testkit.backend.BackendConformance;

/** The conformance suite on the plain backend. */
class PlainConformanceTest extends BackendConformance {
  @Override
  protected BackendFactory factory() {
    return new PlainBackendFactory();
  }
}
