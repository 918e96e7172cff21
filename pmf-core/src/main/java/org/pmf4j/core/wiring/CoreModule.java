package org.pmf4j.core.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import jakarta.inject.Singleton;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.core.data.TableFormats;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.model.ModelLoader;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.pretrain.PretrainJob;
import org.pmf4j.core.run.CacheJob;
import org.pmf4j.core.run.EncodeJob;
import org.pmf4j.core.run.ImportJob;
import org.pmf4j.core.run.InspectJob;
import org.pmf4j.core.run.RowEncoders;
import org.pmf4j.core.run.RunPlanner;
import org.pmf4j.core.run.TrainJob;
import org.pmf4j.core.transformer.StandardTransformerLayers;

/**
 * The graph of the core's services over a set of plugins and one of their backends. What is not
 * stated here is not there to be injected, and each service is one.
 */
final class CoreModule extends AbstractModule {
  private final PluginRegistry plugins;
  private final Provider<Backend> backend;

  CoreModule(PluginRegistry plugins, Provider<Backend> backend) {
    this.plugins = plugins;
    this.backend = backend;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireAtInjectOnConstructors();
    binder().requireExactBindingAnnotations();
    binder().disableCircularProxies();

    bind(PluginRegistry.class).toInstance(plugins);
    bind(TableFormats.class).toInstance(TableFormats.of(plugins.tableFormats().all().values()));
    bind(Backend.class).toProvider(backend).in(Singleton.class);
    bind(TransformerLayers.class).to(StandardTransformerLayers.class).in(Singleton.class);
    bind(EncoderLoader.class).in(Singleton.class);
    bind(RunPlanner.class).in(Singleton.class);
    bind(RowEncoders.class).in(Singleton.class);
    bind(TrainJob.class).in(Singleton.class);
    bind(InspectJob.class).in(Singleton.class);
    bind(CacheJob.class).in(Singleton.class);
    bind(ModelLoader.class).in(Singleton.class);
    bind(EncodeJob.class).in(Singleton.class);
    bind(ImportJob.class).in(Singleton.class);
    bind(PretrainJob.class).in(Singleton.class);
    bind(Services.class).in(Singleton.class);
  }
}
