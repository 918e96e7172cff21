package org.pmf4j.core.run;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.TableFormats;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.model.EncoderSet;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.trunk.CachedTrunks;

/**
 * Fills the cache that a run trains from, so that the run itself computes no trunk. Several threads
 * may use it at once.
 */
public final class CacheJob {
  private final RunPlanner planner;
  private final EncoderLoader loader;
  private final TableFormats formats;

  /** A job on one backend. */
  @Inject
  public CacheJob(RunPlanner planner, EncoderLoader loader, TableFormats formats) {
    this.planner = planner;
    this.loader = loader;
    this.formats = formats;
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
    RunPlaces.checkCache(config);
    RunPlan first = planner.plan(config);
    RunPlan plan =
        first.cut(
            TrainSplit.anew(formats, progress)
                .cut(config, first.specs().map(EncoderSpec::modality)));
    RunData data =
        RunData.read(plan.config(), formats, plan.specs().map(EncoderSpec::modality), progress);
    plan.method().requireIn(data.all());
    Named<LoadedEncoder> encoders = EncoderSet.load(loader, plan.specs(), config.precision());
    try (CachedTrunks trunks = plan.cache(loader.backend(), encoders)) {
      CutRows.warn(encoders, data.all(), progress);
      long began = System.nanoTime();
      trunks.fill(data.all(), progress);
      double seconds = (System.nanoTime() - began) / 1e9;
      Map<Path, Long> bytes = new LinkedHashMap<>();
      encoders.names().stream().map(trunks::folder).forEach(f -> bytes.put(f, size(f)));
      return new Filled(seconds, bytes);
    } finally {
      encoders.asMap().values().forEach(LoadedEncoder::close);
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
