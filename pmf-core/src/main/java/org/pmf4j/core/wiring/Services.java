package org.pmf4j.core.wiring;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Provider;
import com.google.inject.Stage;
import jakarta.inject.Inject;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.model.ModelLoader;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.pretrain.PretrainJob;
import org.pmf4j.core.run.CacheJob;
import org.pmf4j.core.run.EncodeJob;
import org.pmf4j.core.run.ImportJob;
import org.pmf4j.core.run.InspectJob;
import org.pmf4j.core.run.RunPlanner;
import org.pmf4j.core.run.TrainJob;

/**
 * The services over one backend, wired together. Several threads may use it at once.
 *
 * @param plugins what was found
 * @param backend in use
 * @param encoderLoader loads encoders
 * @param runPlanner plans runs
 * @param trainJob trains fused models
 * @param inspectJob tells what they would be trained on
 * @param cacheJob fills the cache that they are trained from
 * @param modelLoader loads them
 * @param encodeJob runs encoders alone
 * @param importJob makes encoders of weights from elsewhere
 * @param pretrainJob makes encoders
 */
public record Services(
    PluginRegistry plugins,
    Backend backend,
    EncoderLoader encoderLoader,
    RunPlanner runPlanner,
    TrainJob trainJob,
    InspectJob inspectJob,
    CacheJob cacheJob,
    ModelLoader modelLoader,
    EncodeJob encodeJob,
    ImportJob importJob,
    PretrainJob pretrainJob) {

  /** What {@link #wire} makes. */
  @Inject
  public Services {}

  /**
   * Opens a backend and makes all services over it, at once.
   *
   * @param plugins stay the caller's
   * @param backend its name
   * @return services whose backend the caller closes
   * @throws PmfException if there is no backend of that name or it cannot be opened
   */
  public static Services wire(PluginRegistry plugins, String backend, BackendOptions options) {
    return wire(plugins, new OpenedBackend(plugins, backend, options));
  }

  /**
   * Makes all services over a backend that is open, at once.
   *
   * @param plugins stay the caller's
   * @param backend stays the caller's
   */
  public static Services wire(PluginRegistry plugins, Backend backend) {
    return wire(plugins, () -> backend);
  }

  private static Services wire(PluginRegistry plugins, Provider<Backend> backend) {
    try {
      return Guice.createInjector(Stage.PRODUCTION, new CoreModule(plugins, backend))
          .getInstance(Services.class);
    } catch (CreationException e) {
      if (e.getCause() instanceof PmfException known) {
        throw known;
      }
      throw e;
    }
  }
}
