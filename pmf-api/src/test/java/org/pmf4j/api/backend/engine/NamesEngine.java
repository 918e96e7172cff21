package org.pmf4j.api.backend.engine;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Kernels;

/**
 * What both kinds of engine have in tests: values are names, an operation puts its own in front,
 * nothing is computed or declared, and calls are written down.
 */
abstract class NamesEngine {
  private final List<String> log;
  private final Kernels<String> kernels;

  @SuppressWarnings("unchecked")
  NamesEngine(List<String> log) {
    this.log = log;
    this.kernels =
        (Kernels<String>)
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

  public BackendInfo info() {
    return new BackendInfo("names", "none", "cpu", 1, Set.of());
  }

  public Kernels<String> kernels() {
    return kernels;
  }

  public String put(HostTensor data) {
    log.add("put " + data);
    return "data";
  }

  public String variable(String name, HostTensor initial) {
    return name + " from " + put(initial);
  }

  public HostTensor read(TypedValue<String> value) {
    log.add("read " + value.value());
    return HostTensor.zeros(value.shape());
  }

  public void close() {
    log.add("close engine");
  }
}
