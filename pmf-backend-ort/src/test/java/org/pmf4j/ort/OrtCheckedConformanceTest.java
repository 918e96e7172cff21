package org.pmf4j.ort;

import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.testkit.backend.BackendConformance;
import org.pmf4j.testkit.checking.CheckingBackendFactory;
import org.pmf4j.testkit.checking.ContractViolation;

/**
 * The conformance suite on ONNX Runtime, checked: neither the suite nor the backend breaks a rule.
 */
class OrtCheckedConformanceTest extends BackendConformance {
  @Override
  protected BackendFactory factory() {
    return new CheckingBackendFactory(new OrtBackendFactory(), OrtCheckedConformanceTest::report);
  }

  /** One test leaves a tensor and a program open on purpose, to see them refused. */
  private static void report(ContractViolation violation) {
    if (!violation.getMessage().contains("LifetimeTests.aClosedBackendIsRefused")) {
      throw violation;
    }
  }
}
