package org.pmf4j.core.wiring;

import com.google.inject.Provider;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.core.plugin.PluginRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a backend, or fails, once: of a graph that cannot be made, each service asks for what it is
 * made of. For one thread at a time.
 */
final class OpenedBackend implements Provider<Backend> {
  private static final Logger LOG = LoggerFactory.getLogger(OpenedBackend.class);

  private final PluginRegistry plugins;
  private final String name;
  private final BackendOptions options;
  private RuntimeException failure;

  OpenedBackend(PluginRegistry plugins, String name, BackendOptions options) {
    this.plugins = plugins;
    this.name = name;
    this.options = options;
  }

  @Override
  public Backend get() {
    if (failure != null) {
      throw failure;
    }
    try {
      Backend opened = plugins.backends().get(name).open(options);
      BackendInfo info = opened.info();
      LOG.info(
          "backend {}: {} on {}, {} threads",
          info.name(),
          info.engine(),
          info.device(),
          info.threads());
      return opened;
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
  }
}
