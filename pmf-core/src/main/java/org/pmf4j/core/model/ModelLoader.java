package org.pmf4j.core.model;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.encoder.EncoderDirectory;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.training.Settings;

/** Loads saved models. */
public final class ModelLoader {
  private final Backend backend;
  private final PluginRegistry plugins;
  private final EncoderLoader encoders;

  /** A loader for one backend. */
  @Inject
  public ModelLoader(Backend backend, PluginRegistry plugins, EncoderLoader encoders) {
    this.backend = backend;
    this.plugins = plugins;
    this.encoders = encoders;
  }

  /**
   * Loads a model.
   *
   * @param path its directory
   * @param moved by modality, where encoders are now that have moved since training
   * @return a classifier which the caller closes
   * @throws PmfException if the model is broken, or an encoder is not the one it was trained on
   */
  public Classifier load(Path path, Map<String, Path> moved) {
    return open(path, moved).load();
  }

  /**
   * Looks at a model without loading weights, so that what it is to work on can be checked first.
   *
   * @param path its directory
   * @param moved by modality, where encoders are now that have moved since training
   * @throws PmfException if the model is broken, or an encoder is not the one it was trained on
   */
  public SavedModel open(Path path, Map<String, Path> moved) {
    ModelDirectory directory = new ModelDirectory(path);
    AdapterConfig config = directory.readConfig();
    FusionMethod method = plugins.fusionMethods().get(config.method());
    Map<String, Path> sources = sources(path, config, moved);
    MatrixPrecision precision =
        MatrixPrecision.valueOf(config.precision().toUpperCase(Locale.ROOT));
    Named<EncoderDirectory> directories = EncoderSet.open(sources);
    config.encoders().forEach(base -> check(path, base, directories.get(base.name())));
    Task task = task(config);
    // A setting that is younger than the model has its default, which leaves all as it was.
    Map<String, Object> settings =
        Settings.complete(method.defaults(), config.fusion(), "method " + method.name());
    return new SavedModel(
        path,
        config,
        task,
        directories,
        directories.map(encoders::modality),
        () -> load(directory, config, task, directories, method, precision, settings));
  }

  private Classifier load(
      ModelDirectory directory,
      AdapterConfig config,
      Task task,
      Named<EncoderDirectory> directories,
      FusionMethod method,
      MatrixPrecision precision,
      Map<String, Object> settings) {
    SavedValues values = new SavedValues(directory.adapter(), directory.readAdapter());
    FusedModel model =
        FusedModel.load(
            backend,
            encoders,
            directories,
            method,
            precision,
            task.labels().size(),
            settings,
            new ParameterStore(backend, 0, values));
    try {
      values.requireAllUsed(model.trainable().stream().map(p -> p.name()).toList());
      return new Classifier(config, task, model, model.trunks());
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static Map<String, Path> sources(
      Path model, AdapterConfig config, Map<String, Path> moved) {
    Map<String, Path> sources = new LinkedHashMap<>();
    config.encoders().forEach(b -> sources.put(b.name(), model.resolve(b.source()).normalize()));
    moved.forEach(
        (name, place) -> {
          if (sources.replace(name, place) == null) {
            throw PmfException.usage(
                "the model has no encoder '" + name + "'; it has " + sources.keySet());
          }
        });
    return sources;
  }

  private static void check(Path model, AdapterConfig.Base base, EncoderDirectory found) {
    if (!base.sha256().equals(found.fingerprint())) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: the %s encoder in %s is not the one the model was trained on (its files have changed); restore it, or name the right one by --encoder %s=DIR",
              model,
              base.name(),
              found.path(),
              base.name()));
    }
  }

  private static Task task(AdapterConfig config) {
    AdapterConfig.TargetScale scale = config.targets();
    return Task.saved(
        config.task(),
        config.labels(),
        scale == null ? 0 : scale.mean(),
        scale == null ? 1 : scale.deviation());
  }
}
