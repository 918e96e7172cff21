package org.pmf4j.testkit.checking;

/**
 * A backend, or who uses it, does what the API forbids. The message says who did what, and where.
 */
public final class ContractViolation extends AssertionError {
  private static final long serialVersionUID = 1L;

  ContractViolation(String message) {
    super(message);
  }
}
