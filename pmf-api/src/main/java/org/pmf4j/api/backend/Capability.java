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
  BFLOAT16,
  /**
   * Products of BFLOAT16 matrices have instructions of their own on the device, and are faster than
   * those of FLOAT32. A device on which they are computed by way of FLOAT32 takes several times as
   * long, and does not have it.
   */
  FAST_BFLOAT16,
  /**
   * Linear layers whose weights are held and multiplied in 8-bit integers ({@link
   * Backend#quantized}).
   *
   * @since API version 2
   */
  INT8,
  /**
   * Programs run as they are written: to make one costs nothing, so that one may be made for a
   * single run. Every {@link org.pmf4j.api.backend.engine.EagerEngine} has it.
   *
   * @since API version 2
   */
  EAGER
}
