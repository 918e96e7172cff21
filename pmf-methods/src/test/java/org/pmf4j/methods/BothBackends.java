package org.pmf4j.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.testkit.checking.Violations;

/**
 * Both backends, open at once in this process: DJL inside its checks, which tell of leaks as well,
 * TensorFlow as it is, whose graphs are slow enough to build.
 *
 * @param plugins what was found
 * @param byName the backends
 */
record BothBackends(PluginRegistry plugins, Map<String, Backend> byName) implements AutoCloseable {
  static final List<String> NAMES = List.of("checking-djl", "tf");

  static BothBackends open() {
    PluginRegistry plugins = PluginRegistry.discover(BothBackends.class.getClassLoader());
    Map<String, Backend> open = new LinkedHashMap<>();
    NAMES.forEach(n -> open.put(n, plugins.backends().get(n).open(BackendOptions.DEFAULT)));
    return new BothBackends(plugins, open);
  }

  Backend get(String name) {
    return byName.get(name);
  }

  /** Closes them, which fails on what was left open on the checked one. */
  @Override
  public void close() {
    byName.values().forEach(Backend::close);
    assertThat(Violations.OF_PROCESS.take()).extracting(Throwable::getMessage).isEmpty();
  }
}
