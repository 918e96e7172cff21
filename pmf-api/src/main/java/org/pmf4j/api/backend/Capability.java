package org.pmf4j.api.backend;

/**
 * What not every backend can do. What is not declared is refused with a clear message; what is
 * declared is tested.
 */
public enum Capability {
  /** Training programs: gradients and assignment. */
  TRAINING,
  /** FLOAT64 tensors, parameters and gradients. */
  FLOAT64,
  /** BFLOAT16: casting to and from it, and linear, matmul and gelu on it, forward and backward. */
  BFLOAT16
}
