package org.pmf4j.core.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.transformer.StandardTransformerLayers;

/** Binds the core's services to a set of plugins and one of their backends. */
final class CoreModule extends AbstractModule {
  private final PluginRegistry plugins;
  private final String backend;
  private final BackendOptions options;

  CoreModule(PluginRegistry plugins, String backend, BackendOptions options) {
    this.plugins = plugins;
    this.backend = backend;
    this.options = options;
  }

  @Override
  protected void configure() {
    bind(PluginRegistry.class).toInstance(plugins);
    bind(TransformerLayers.class).to(StandardTransformerLayers.class).in(Singleton.class);
  }

  @Provides
  @Singleton
  Backend backend() {
    return plugins.backends().get(backend).open(options);
  }
}
