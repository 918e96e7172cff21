package org.pmf4j.core.run;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.encoder.EncoderDirectory;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.model.EncoderSet;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.training.Settings;
import org.pmf4j.core.trunk.CachedTrunks;

/**
 * Fills the cache that a run trains from, so that the run itself computes no trunk. Several threads
 * may use it at once.
 */
public final class CacheJob {
  private final Backend backend;
  private final PluginRegistry plugins;
  private final EncoderLoader loader;

  /** A job on one backend. */
  @Inject
  public CacheJob(Backend backend, PluginRegistry plugins, EncoderLoader loader) {
    this.backend = backend;
    this.plugins = plugins;
    this.loader = loader;
  }

  /**
   * What the cache costs.
   *
   * @param seconds that were spent on what was missing; reading data and encoders not counted
   * @param bytes on disk by folder, one for each encoder and depth; others may share them
   */
  public record Filled(double seconds, Map<Path, Long> bytes) {}

  /**
   * Computes what is missing.
   *
   * @param config with a cache
   * @throws PmfException for anything wrong with settings, data, encoders or the cache's files
   */
  public Filled run(TrainConfig config, Progress progress) {
    if (config.cache().root().isEmpty()) {
      throw PmfException.usage("no cache is chosen to fill");
    }
    FusionMethod method = plugins.fusionMethods().get(config.method());
    Map<String, Object> settings =
        Settings.complete(method.defaults(), config.methodSettings(), "method " + config.method());
    RunPlaces.checkCache(config);
    Named<EncoderDirectory> directories = EncoderSet.open(config.encoders());
    RunData data = RunData.read(config, directories.map(loader::modality), progress);
    Named<LoadedEncoder> encoders = EncoderSet.load(loader, directories, config.precision());
    try {
      int outputs = data.task().labels().size();
      Named<Integer> layers = fusionLayers(method, settings, encoders, outputs);
      try (CachedTrunks trunks = config.cache().trunks(backend, encoders, layers)) {
        long began = System.nanoTime();
        trunks.fill(data.all(), progress);
        double seconds = (System.nanoTime() - began) / 1e9;
        Map<Path, Long> bytes = new LinkedHashMap<>();
        encoders.names().stream().map(trunks::folder).forEach(f -> bytes.put(f, size(f)));
        return new Filled(seconds, bytes);
      }
    } finally {
      encoders.asMap().values().forEach(LoadedEncoder::close);
    }
  }

  /** What the method leaves to be trunk, told by a model that is built and dropped. */
  private Named<Integer> fusionLayers(
      FusionMethod method,
      Map<String, Object> settings,
      Named<LoadedEncoder> encoders,
      int outputs) {
    try (ParameterStore store = new ParameterStore(backend, 0)) {
      FusionModel model =
          method.build(encoders.map(LoadedEncoder::encoder), outputs, settings, store);
      Map<String, Integer> layers = new LinkedHashMap<>();
      encoders.names().forEach(m -> layers.put(m, model.fusionLayers(m)));
      return Named.of(layers);
    }
  }

  private static long size(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    } catch (IOException e) {
      throw FileErrors.cannotRead(folder, e);
    }
  }
}
