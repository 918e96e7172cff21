package org.pmf4j.core.run;

import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.encoder.EncoderDirectories;
import org.pmf4j.core.encoder.EncoderDirectory;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.model.EncoderSet;
import org.pmf4j.core.model.PlannedMethod;
import org.pmf4j.core.plugin.PluginRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans runs. Several threads may use it at once. */
public final class RunPlanner {
  private static final Logger LOG = LoggerFactory.getLogger(RunPlanner.class);

  private final PluginRegistry plugins;
  private final EncoderLoader loader;

  /** A planner over what plugins offer. */
  @Inject
  public RunPlanner(PluginRegistry plugins, EncoderLoader loader) {
    this.plugins = plugins;
    this.loader = loader;
  }

  /**
   * Plans a run: settings first, then the encoders' directories and shapes, then what the method
   * makes of both. No table and no weight is read.
   *
   * @throws PmfException for a setting out of range, an encoder that cannot be read, or what does
   *     not go together
   */
  public RunPlan plan(TrainConfig config) {
    FusionMethod method = plugins.fusionMethods().get(config.method());
    Settings settings = MethodSettings.of(config, method);
    Named<PlannedEncoder> encoders = encoders(config);
    PlannedMethod planned = PlannedMethod.of(method, settings, encoders.map(PlannedEncoder::shape));
    EncoderLearningRate rate = EncoderLearningRate.of(config.encoderLearningRate(), planned);
    if (planned.tunesEncoders()) {
      EncoderSet.requireTunable(method.name(), config.precision());
    }
    LOG.info(
        "plan: method {} {}, fused layers {}, encoders {}",
        method.name(),
        settings,
        planned.plan().fusionLayers().asMap(),
        planned.plan().tuning());
    return new RunPlan(config, encoders, planned, rate, Optional.empty());
  }

  /**
   * The part of the plan in which the method has no say.
   *
   * @throws PmfException for an encoder that cannot be read, or is not made yet
   */
  Named<PlannedEncoder> encoders(TrainConfig config) {
    for (String name : config.madeEncoders()) {
      if (!config.encoders().containsKey(name)) {
        throw PmfException.usage(
            "encoder "
                + Quote.name(name)
                + " is made by training, before which nothing is known of it; make it by 'pmf"
                + " pretrain', and name its directory");
      }
    }
    return existing(config);
  }

  /** The part of the plan for those encoders that are there already. */
  Named<PlannedEncoder> existing(TrainConfig config) {
    EncoderDirectories directories = new EncoderDirectories();
    Map<String, PlannedEncoder> all = new LinkedHashMap<>();
    config
        .encoders()
        .forEach(
            (name, path) -> {
              EncoderSpec spec = spec(config, name, directories.get(path));
              all.put(name, new PlannedEncoder(spec, loader.shape(spec)));
            });
    return Named.of(all);
  }

  /** Where nothing is chosen, as in the run that is gone on with, or the model begun with. */
  private EncoderSpec spec(TrainConfig config, String name, EncoderDirectory directory) {
    Map<String, Object> chosen = config.encoderSettings().getOrDefault(name, Map.of());
    if (chosen.isEmpty()) {
      return EarlierEncoder.of(config, name)
          .map(earlier -> earlier.spec(loader, name, directory))
          .orElseGet(() -> loader.spec(name, directory, chosen));
    }
    EncoderSpec spec = loader.spec(name, directory, chosen);
    EarlierEncoder.requireSame(config, loader, name, spec);
    return spec;
  }
}
