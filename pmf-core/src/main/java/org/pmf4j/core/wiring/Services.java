package org.pmf4j.core.wiring;

import com.google.inject.ConfigurationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.model.ModelLoader;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.pretrain.PretrainJob;
import org.pmf4j.core.run.CacheJob;
import org.pmf4j.core.run.EncodeJob;
import org.pmf4j.core.run.InspectJob;
import org.pmf4j.core.run.TrainJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services over one backend, wired together. Several threads may use it at once.
 *
 * @param plugins what was found
 * @param backend in use
 * @param encoderLoader loads encoders
 * @param trainJob trains fused models
 * @param surveyJob tells what they would be trained on
 * @param cacheJob fills the cache that they are trained from
 * @param modelLoader loads them
 * @param encodeJob runs encoders alone
 * @param pretrainJob makes encoders
 */
public record Services(
    PluginRegistry plugins,
    Backend backend,
    EncoderLoader encoderLoader,
    TrainJob trainJob,
    InspectJob surveyJob,
    CacheJob cacheJob,
    ModelLoader modelLoader,
    EncodeJob encodeJob,
    PretrainJob pretrainJob) {
  private static final Logger LOG = LoggerFactory.getLogger(Services.class);

  /**
   * Wires plugins and a backend together.
   *
   * @throws PmfException if there is no backend of that name or it cannot be opened
   */
  public static Services wire(PluginRegistry plugins, String backend, BackendOptions options) {
    Injector injector =
        Guice.createInjector(Stage.DEVELOPMENT, new CoreModule(plugins, backend, options));
    try {
      Backend opened = injector.getInstance(Backend.class);
      BackendInfo info = opened.info();
      LOG.info(
          "backend {}: {} on {}, {} threads",
          info.name(),
          info.engine(),
          info.device(),
          info.threads());
      return new Services(
          plugins,
          opened,
          injector.getInstance(EncoderLoader.class),
          injector.getInstance(TrainJob.class),
          injector.getInstance(InspectJob.class),
          injector.getInstance(CacheJob.class),
          injector.getInstance(ModelLoader.class),
          injector.getInstance(EncodeJob.class),
          injector.getInstance(PretrainJob.class));
    } catch (ProvisionException | ConfigurationException e) {
      if (e.getCause() instanceof PmfException known) {
        throw known;
      }
      throw e;
    }
  }
}
