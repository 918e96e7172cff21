package org.pmf4j.spark.trunk;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.model.EncoderSet;
import org.pmf4j.core.trunk.CachedTrunks;
import org.pmf4j.spark.executor.Engine;
import org.pmf4j.spark.executor.Shared;
import org.pmf4j.spark.executor.Shared.Lease;
import org.pmf4j.spark.executor.WithEngine;
import org.pmf4j.spark.hadoop.HadoopEntries;
import org.pmf4j.spark.hadoop.HadoopFiles;
import org.pmf4j.spark.hadoop.HadoopSettings;

/**
 * The encoders of a run that are loaded in this process, and the cache that what they compute goes
 * to. Several threads may use it at once; it is closed by who lends it.
 *
 * @param encoders by name
 * @param trunks what keeps
 */
record OpenTrunks(Named<LoadedEncoder> encoders, CachedTrunks trunks) implements AutoCloseable {
  private static final Shared<Key, WithEngine<OpenTrunks>> OPEN =
      new Shared<>("the encoders", Engine.IDLE);

  private record Key(TrunkSetup setup, Engine engine, String cache) {}

  /**
   * The encoders of this process: opened by the first task that asks for them.
   *
   * @param cache folder of all caches, on any Hadoop file system
   * @return what the task closes when it ends
   * @throws org.pmf4j.api.error.PmfException if they cannot be opened here
   */
  static Lease<WithEngine<OpenTrunks>> lease(
      TrunkSetup setup, Engine engine, String cache, HadoopSettings hadoop) {
    return OPEN.lease(
        new Key(setup, engine, cache),
        () ->
            WithEngine.open(
                engine, pmf -> open(pmf, setup, cache, hadoop.configuration()), OpenTrunks::close));
  }

  private static OpenTrunks open(Pmf pmf, TrunkSetup setup, String cache, Configuration hadoop) {
    Named<EncoderSpec> specs = setup.specs(pmf, hadoop);
    Named<LoadedEncoder> encoders = EncoderSet.load(pmf.encoderLoader(), specs, setup.precision());
    CachedTrunks trunks =
        new CachedTrunks(
            pmf.backend(),
            encoders,
            Named.of(setup.fusionLayers()),
            name -> HadoopEntries.in(new Path(HadoopFiles.path(cache), name), hadoop),
            setup.storage(),
            setup.content());
    trunks.hold();
    return new OpenTrunks(encoders, trunks);
  }

  /** What each encoder reads, in order. */
  Named<Modality> kinds() {
    return encoders.map(e -> e.spec().modality());
  }

  @Override
  public void close() {
    trunks.close();
    encoders.asMap().values().forEach(LoadedEncoder::close);
  }
}
