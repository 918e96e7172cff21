package org.pmf4j.core.model;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.TableFormats;
import org.pmf4j.core.data.TableOptions;
import org.pmf4j.core.data.TableReader;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.encoder.EncoderDirectories;
import org.pmf4j.core.encoder.EncoderDirectory;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.encoder.FrozenEncoders;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.file.Shown;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.hub.EncoderLocation;
import org.pmf4j.hub.HubCache;
import org.pmf4j.hub.HubEnvironment;
import org.pmf4j.hub.HubModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads saved models. Several threads may use it at once. */
public final class ModelLoader {
  private static final Logger LOG = LoggerFactory.getLogger(ModelLoader.class);

  private static final String UNMEASURED =
      "{}: all linear layers of frozen encoders are in integers, and nobody has measured what that"
          + " costs; 'pmf export --int8 --data FILE' does, and keeps those in float that suffer";

  private final Backend backend;
  private final PluginRegistry plugins;
  private final EncoderLoader encoders;
  private final TableFormats formats;

  /** A loader for one backend. */
  @Inject
  public ModelLoader(
      Backend backend, PluginRegistry plugins, EncoderLoader encoders, TableFormats formats) {
    this.backend = backend;
    this.plugins = plugins;
    this.encoders = encoders;
    this.formats = formats;
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
    return open(path, moved, new EncoderDirectories()::get);
  }

  /**
   * The same where encoders' directories may be open already.
   *
   * @param directories opens an encoder's directory, or gives it as it was opened before
   * @throws PmfException as {@link #open(Path, Map)} does
   */
  public SavedModel open(
      Path path, Map<String, Path> moved, Function<Path, EncoderDirectory> directories) {
    ModelDirectory directory = new ModelDirectory(path);
    ModelDirectory.Saved saved = directory.read();
    AdapterConfig config = saved.config();
    FusionMethod method = method(directory, config);
    Map<String, Path> sources = sources(directory, config, moved);
    MatrixPrecision precision =
        MatrixPrecision.valueOf(config.precision().toUpperCase(Locale.ROOT));
    Named<EncoderSpec> specs = specs(directory, config, sources, directories);
    config.encoders().forEach(base -> check(path, base, specs.get(base.name())));
    PlannedMethod planned =
        PlannedMethod.of(method, settings(directory, config, method), specs.map(encoders::shape));
    Task task = task(config);
    int outputs = task.labels().size();
    TableOptions options = TableOptions.DEFAULT.with(config.columns());
    ModelTables tables =
        new ModelTables(specs.map(EncoderSpec::modality), task, TableReader.of(formats, options));
    return new SavedModel(
        path,
        config,
        task,
        specs,
        tables,
        encoders::load,
        precision,
        Int8Layers.read(directory.int8(), config.adapterSha256()),
        (frozen, chosen, layers) -> {
          if (chosen == MatrixPrecision.INT8 && layers.isEmpty()) {
            LOG.warn(UNMEASURED, path);
          }
          Named<EncoderSpec> kept = layers.map(l -> keeping(l, specs)).orElse(specs);
          return load(directory, saved, new Blueprint(kept, chosen, planned, outputs), frozen);
        });
  }

  private FusedModel load(
      ModelDirectory directory,
      ModelDirectory.Saved saved,
      Blueprint blueprint,
      FrozenEncoders frozen) {
    AdapterConfig config = saved.config();
    FusedModel model =
        FusedModel.load(
            encoders, frozen, blueprint, new ParameterStore(backend, 0, saved.adapter()));
    try {
      saved.adapter().requireAllUsed(model.trainable().stream().map(p -> p.name()).toList());
      PreprocessingMark.check(directory.path(), config, model.encoders());
      LOG.info(
          "{}: model of method {} loaded, {} trained weights of {}",
          directory.path(),
          config.method(),
          model.trainableCount(),
          model.totalCount());
      return model;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private FusionMethod method(ModelDirectory directory, AdapterConfig config) {
    if (!plugins.fusionMethods().has(config.method())) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: key \"method\" is %s; known: %s%s",
              directory.config(),
              Shown.quoted(config.method()),
              String.join(", ", new TreeSet<>(plugins.fusionMethods().all().keySet())),
              plugins.fusionMethods().hint(config.method())));
    }
    return plugins.fusionMethods().get(config.method());
  }

  /** A setting that is younger than the model is what it was before there was the setting. */
  private static Settings settings(
      ModelDirectory directory, AdapterConfig config, FusionMethod method) {
    try {
      return PlannedMethod.savedSettings(method, config.fusion());
    } catch (PmfException e) {
      throw PmfException.input(directory.config() + ": key \"fusion\": " + e.getMessage(), e);
    }
  }

  /** Models that were saved before encoders had settings keep what was usual then. */
  private Named<EncoderSpec> specs(
      ModelDirectory model,
      AdapterConfig config,
      Map<String, Path> sources,
      Function<Path, EncoderDirectory> directories) {
    Map<String, EncoderSpec> all = new LinkedHashMap<>();
    for (AdapterConfig.Base base : config.encoders()) {
      EncoderDirectory source = directories.apply(sources.get(base.name()));
      if (base.settings() == null) {
        all.put(base.name(), encoders.formerSpec(base.name(), source));
        continue;
      }
      try {
        all.put(base.name(), encoders.spec(base.name(), source, base.settings()));
      } catch (PmfException e) {
        if (e.kind() != ErrorKind.USAGE) {
          throw e;
        }
        throw PmfException.input(
            model.config() + ": key \"settings\" of an encoder: " + e.getMessage(), e);
      }
    }
    return Named.of(all);
  }

  private static Named<EncoderSpec> keeping(Int8Layers layers, Named<EncoderSpec> specs) {
    Map<String, EncoderSpec> all = new LinkedHashMap<>();
    specs.asMap().forEach((name, spec) -> all.put(name, spec.keepingInFloat(layers.of(name))));
    return Named.of(all);
  }

  private static Map<String, Path> sources(
      ModelDirectory model, AdapterConfig config, Map<String, Path> moved) {
    Map<String, Path> sources = new LinkedHashMap<>();
    for (AdapterConfig.Base base : config.encoders()) {
      Path place = moved.get(base.name());
      sources.put(base.name(), place == null ? source(model, base) : place);
    }
    for (String name : moved.keySet()) {
      if (!sources.containsKey(name)) {
        throw PmfException.usage(
            "the model has no encoder '" + name + "'; it has " + sources.keySet());
      }
    }
    return sources;
  }

  private static Path source(ModelDirectory model, AdapterConfig.Base base) {
    try {
      Path named = EncoderSource.find(base.source(), model.path());
      return Files.isDirectory(named)
          ? named
          : HubCache.modelOf(base.source()).map(hub -> cached(model, base, hub)).orElse(named);
    } catch (InvalidPathException e) {
      throw PmfException.input(
          model.config()
              + ": key \"source\" of encoder "
              + Shown.quoted(base.name())
              + " is no path: "
              + Shown.quoted(base.source()),
          e);
    }
  }

  /** Where the model or the cache has moved since, the cache of today has the same files. */
  private static Path cached(ModelDirectory model, AdapterConfig.Base base, HubModel hub) {
    try {
      return EncoderLocation.snapshot(hub, HubEnvironment.ofProcess().cache());
    } catch (PmfException e) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: the %s encoder %s, or name it by --encoder %s=DIR",
              model.path(),
              base.name(),
              e.getMessage(),
              base.name()),
          e);
    }
  }

  private static void check(Path model, AdapterConfig.Base base, EncoderSpec found) {
    if (!found.isKnownAs(base.sha256())) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: the %s encoder in %s is not the one the model was trained on (its files have"
                  + " changed); restore it, or name the right one by --encoder %s=DIR",
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
