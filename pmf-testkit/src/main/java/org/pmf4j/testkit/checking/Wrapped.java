package org.pmf4j.testkit.checking;

import org.pmf4j.api.tensor.Tensor;

/**
 * The value of a checking backend's tensor.
 *
 * @param tensor the delegate's
 * @param role where it comes from and who may do what with it
 */
record Wrapped(Tensor tensor, Role role) {

  /** What {@link org.pmf4j.api.tensor.Kernels#release} asks for. */
  void release() {
    if (role.released()) {
      tensor.close();
    }
  }
}
