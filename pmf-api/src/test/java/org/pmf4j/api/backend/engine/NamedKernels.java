package org.pmf4j.api.backend.engine;

import java.lang.reflect.Proxy;
import java.util.List;
import org.pmf4j.api.tensor.Kernels;

/** Kernels whose values are names: an operation puts its own in front, and nothing is computed. */
final class NamedKernels {
  private NamedKernels() {}

  /**
   * Kernels that write down what they release.
   *
   * @param log to which "release" and the value are added
   */
  @SuppressWarnings("unchecked")
  static Kernels<String> logging(List<String> log) {
    return (Kernels<String>)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("release")) {
                log.add("release " + arguments[0]);
                return null;
              }
              return method.getReturnType() == String.class
                  ? ""
                  : method.getName() + "(" + arguments[0] + ")";
            });
  }
}
