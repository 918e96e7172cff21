package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assumptions.assumeThat;

import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.tensor.DType;

/** What the tests of every concern start from: the backend under test. */
abstract class BackendTests {
  private final BackendConformance subject;

  BackendTests(BackendConformance subject) {
    this.subject = subject;
  }

  /** The backend that all tests of a class share. */
  final Backend backend() {
    return subject.backend();
  }

  /** A backend of its own for a test, which closes it. */
  final Backend open() {
    return subject.factory().open(subject.options());
  }

  final boolean can(Capability capability) {
    return backend().info().can(capability);
  }

  /** Skips a test of what is not declared; that it is refused is tested elsewhere. */
  final void assumeCan(Capability capability) {
    assumeThat(can(capability)).as("the backend declares %s", capability).isTrue();
  }

  /** The most precise type there is. */
  final DType precise() {
    return can(Capability.FLOAT64) ? DType.FLOAT64 : DType.FLOAT32;
  }
}
