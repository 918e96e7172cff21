package org.pmf4j.core.run;

import java.util.Optional;
import java.util.function.Function;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.model.Blueprint;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.model.PlannedMethod;
import org.pmf4j.core.split.Split;
import org.pmf4j.core.trunk.CachedTrunks;
import org.pmf4j.core.trunk.EntryFiles;
import org.pmf4j.core.trunk.Trunks;

/**
 * What a run is going to do, made before a table or a weight is read. Immutable, so that any number
 * of threads may share it.
 *
 * @param config what was asked for
 * @param encoders by modality
 * @param method planned for these encoders
 * @param encoderRate learning rate of the encoders' own weights
 * @param split how the table was cut, once it is
 */
public record RunPlan(
    TrainConfig config,
    Named<PlannedEncoder> encoders,
    PlannedMethod method,
    EncoderLearningRate encoderRate,
    Optional<Split> split) {

  /** This plan for the rows of a table that was looked at and, perhaps, cut. */
  RunPlan cut(TrainSplit.Cut cut) {
    return new RunPlan(cut.config(), encoders, method, encoderRate, cut.split());
  }

  /** The encoders' files and how they are used, by modality. */
  public Named<EncoderSpec> specs() {
    return encoders.map(PlannedEncoder::spec);
  }

  /**
   * The model.
   *
   * @param outputs number of logits, which the table tells
   */
  public Blueprint blueprint(int outputs) {
    return new Blueprint(specs(), config.precision(), method, outputs);
  }

  /** The same plan with nothing of its configuration left open. */
  RunPlan with(TrainConfig decided) {
    return new RunPlan(decided, encoders, method, encoderRate, split);
  }

  /** True if trunk outputs are kept: where that was not declined, and they stay what they are. */
  public boolean cached() {
    return config.cache().root().isPresent() && !method.tunesEncoders();
  }

  /** True if probes of the encoders tell something: several are fused, and stay what they are. */
  public boolean probed() {
    return config.probes() && encoders.names().size() > 1 && !method.tunesEncoders();
  }

  /** What training rows lack beside what they lack anyway. */
  public ModalityDropout dropout() {
    return new ModalityDropout(config.objective().modalityDropout(), config.training().seed());
  }

  /**
   * Trunks that are kept.
   *
   * @param loaded the encoders, which stay the caller's
   * @return what the caller closes
   * @throws java.util.NoSuchElementException without a cache
   */
  public CachedTrunks cache(Backend backend, Named<LoadedEncoder> loaded) {
    return config.cache().trunks(backend, loaded, method.plan().fusionLayers());
  }

  /**
   * Trunks that are kept where they are to be, or computed anew for every batch.
   *
   * @param model over the planned encoders, which stays the caller's
   * @return what the caller closes
   */
  public Trunks trunks(Backend backend, FusedModel model) {
    return cached() ? cache(backend, model.encoders()) : model.trunks();
  }

  /**
   * The same, which are kept elsewhere, if they are kept.
   *
   * @param caches by the name of a cache, its entries
   */
  Trunks trunks(Backend backend, FusedModel model, Function<String, EntryFiles> caches) {
    return cached()
        ? config.cache().trunks(backend, model.encoders(), method.plan().fusionLayers(), caches)
        : model.trunks();
  }
}
