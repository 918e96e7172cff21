package org.pmf4j.bench.speed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.model.Blueprint;
import org.pmf4j.core.model.EncoderSet;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.model.PlannedMethod;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.RunPlan;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.trunk.CachedTrunks;

/** The encoders of some work, loaded once where sessions leave them frozen, and these sessions. */
final class Fixture implements AutoCloseable {
  private static final Path NOWHERE = Path.of("nowhere");

  private final Pmf pmf;
  private final WorkSpec work;
  private final List<VariantRun> sessions = new ArrayList<>();
  private final EncoderLoader loader;
  private final Map<String, Path> directories;
  private Named<LoadedEncoder> encoders = Named.none();

  /**
   * A bench over random encoders, which are written where that was not done before.
   *
   * @param pmf stays the caller's
   */
  Fixture(Pmf pmf, WorkSpec work) {
    this.pmf = pmf;
    this.work = work;
    this.loader = pmf.encoderLoader();
    this.directories = RandomEncoders.in(work.encoders(), work.sizes(), loader, pmf.plugins());
  }

  /**
   * True if the methods that were found can do what the variant does.
   *
   * @param matrices type of frozen matrices; what is trained is always held in single precision
   */
  static boolean can(Pmf pmf, SpeedVariant variant, MatrixPrecision matrices) {
    var methods = pmf.plugins().fusionMethods();
    return methods.has(variant.method())
        && (matrices == MatrixPrecision.FLOAT32 || !tunesByDefault(methods.get(variant.method())));
  }

  /** Asked before there are encoders: of any whose depth the defaults allow. */
  private static boolean tunesByDefault(FusionMethod method) {
    EncoderShape any = new EncoderShape(8, 12);
    return PlannedMethod.of(
            method,
            PlannedMethod.settings(method, Map.of()),
            Named.of(RandomSamples.IMAGE, any).with(RandomSamples.TEXT, any))
        .tunesEncoders();
  }

  Backend backend() {
    return pmf.backend();
  }

  Sizes sizes() {
    return work.sizes();
  }

  WorkSpec work() {
    return work;
  }

  /** Loads the encoders, unless the variant has trainable ones of its own. */
  void load(SpeedVariant variant) {
    if (isFrozen(variant)) {
      frozen();
    }
  }

  /** True if the variant leaves the encoders as they are. */
  boolean isFrozen(SpeedVariant variant) {
    return !plan(variant).method().tunesEncoders();
  }

  /** A variant as a run of training is planned, over tables that are never read. */
  private RunPlan plan(SpeedVariant variant) {
    TrainConfigBuilder run =
        TrainConfig.builder()
            .data(NOWHERE)
            .out(NOWHERE)
            .method(variant.method())
            .precision(work.matrices())
            .cache(
                variant.trunk() == SpeedVariant.Trunk.CACHED
                    ? new CacheConfig(Optional.of(work.cache()), CachedTrunks.Storage.FP32)
                    : CacheConfig.NONE);
    directories.forEach(run::encoder);
    settings(variant).forEach(run::setting);
    return pmf.plan(run.build());
  }

  /** Those that the method has of the settings that sizes are behind. */
  private Map<String, Object> settings(SpeedVariant variant) {
    Map<String, Object> chosen = new LinkedHashMap<>();
    chosen.put("fusion-layers", sizes().fusionLayers());
    chosen.put("query-prompts", sizes().prompts());
    chosen.put("query-context-prompts", sizes().prompts());
    chosen.put("fusion-context-prompts", sizes().prompts());
    FusionMethod method = pmf.plugins().fusionMethods().get(variant.method());
    chosen.keySet().retainAll(method.settings().stream().<String>map(Setting::name).toList());
    return chosen;
  }

  private Named<LoadedEncoder> frozen() {
    if (encoders.names().isEmpty()) {
      encoders = EncoderSet.load(loader, directories, work.matrices());
    }
    return encoders;
  }

  /** The encoders, for sessions: those of this bench, so that closing them there does nothing. */
  private Named<LoadedEncoder> lent() {
    return frozen().map(LoadedEncoder::lent);
  }

  /** Weights of both encoders. */
  long encoderWeights() {
    return frozen().asMap().values().stream().mapToLong(LoadedEncoder::parameters).sum();
  }

  /** Sets a variant up, ready to run; closed with this bench. */
  VariantRun open(SpeedVariant variant, List<Example> examples) {
    RunPlan plan = plan(variant);
    VariantRun session = VariantRun.open(this, variant, plan, model(plan), examples);
    sessions.add(session);
    return session;
  }

  /** A model over this bench's encoders, or over trainable ones of its own. */
  private FusedModel model(RunPlan plan) {
    ParameterStore parameters = new ParameterStore(backend(), 0);
    Blueprint blueprint = plan.blueprint(sizes().classes());
    return plan.method().tunesEncoders()
        ? FusedModel.load(loader, blueprint, parameters)
        : new FusedModel(backend(), lent(), blueprint.method(), blueprint.outputs(), parameters);
  }

  @Override
  public void close() {
    sessions.forEach(VariantRun::close);
    encoders.asMap().values().forEach(LoadedEncoder::close);
  }
}
