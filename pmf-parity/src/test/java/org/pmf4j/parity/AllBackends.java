package org.pmf4j.parity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.core.plugin.PluginRegistry;

/**
 * Every backend on the class path inside its checks, open at once in this process.
 *
 * @param plugins what was found
 * @param byName the backends
 */
record AllBackends(PluginRegistry plugins, Map<String, Backend> byName) implements AutoCloseable {

  static AllBackends open() {
    PluginRegistry plugins = discover();
    Map<String, Backend> open = new LinkedHashMap<>();
    names().forEach(n -> open.put(n, plugins.backends().get(n).open(BackendOptions.DEFAULT)));
    return new AllBackends(plugins, open);
  }

  /** Their names, in the order of the alphabet. */
  static Stream<String> names() {
    return discover().backends().all().keySet().stream()
        .filter(name -> name.startsWith("checking-"))
        .sorted();
  }

  /** The names of those that train. */
  static Stream<String> trainers() {
    PluginRegistry plugins = discover();
    return names()
        .filter(
            name -> {
              try (Backend backend = plugins.backends().get(name).open(BackendOptions.DEFAULT)) {
                return backend.info().can(Capability.TRAINING);
              }
            });
  }

  private static PluginRegistry discover() {
    return PluginRegistry.discover(AllBackends.class.getClassLoader());
  }

  Backend get(String name) {
    return byName.get(name);
  }

  @Override
  public void close() {
    byName.values().forEach(Backend::close);
  }
}
