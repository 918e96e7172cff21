package org.pmf4j.spark.trunk;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.run.RunPlan;
import org.pmf4j.core.trunk.CachedTrunks;
import org.pmf4j.spark.executor.EncoderPlace;

/**
 * Of which encoders, and cut where, trunk outputs are kept, as a driver has planned it and every
 * executor opens it. Immutable, so that any number of threads may share it.
 *
 * @param encoders by name, in order
 * @param fusionLayers by name, how many last layers are not trunk
 * @param precision of the encoders' matrices
 * @param storage how entries are kept
 * @param content what is kept of a sample
 */
public record TrunkSetup(
    Map<String, EncoderPlace> encoders,
    Map<String, Integer> fusionLayers,
    MatrixPrecision precision,
    CachedTrunks.Storage storage,
    CachedTrunks.Content content)
    implements Serializable {
  /** Copies the maps. */
  public TrunkSetup {
    encoders = Collections.unmodifiableMap(new LinkedHashMap<>(encoders));
    fusionLayers = Collections.unmodifiableMap(new LinkedHashMap<>(fusionLayers));
  }

  /**
   * What a run keeps.
   *
   * @param places by name, where each encoder is
   */
  public static TrunkSetup of(RunPlan plan, Map<String, String> places) {
    Map<String, EncoderPlace> encoders = new LinkedHashMap<>();
    plan.specs()
        .asMap()
        .forEach((name, spec) -> encoders.put(name, EncoderPlace.of(places.get(name), spec)));
    return new TrunkSetup(
        encoders,
        plan.method().plan().fusionLayers().asMap(),
        plan.config().precision(),
        plan.config().cache().storage(),
        plan.config().cache().content());
  }

  /**
   * The encoders on this machine, without their weights.
   *
   * @throws org.pmf4j.api.error.PmfException if one is missing here, or another than the driver's
   */
  public Named<EncoderSpec> specs(Pmf pmf, Configuration hadoop) {
    EncoderLoader loader = pmf.encoderLoader();
    Map<String, EncoderSpec> specs = new LinkedHashMap<>();
    encoders.forEach((name, place) -> specs.put(name, place.spec(name, loader, hadoop)));
    return Named.of(specs);
  }
}
