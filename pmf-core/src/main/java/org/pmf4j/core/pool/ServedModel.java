package org.pmf4j.core.pool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.fusion.Tuning;
import org.pmf4j.api.lifetime.Lifetime;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.model.Outputs;
import org.pmf4j.core.model.PlannedMethod;
import org.pmf4j.core.trunk.SampleTrunk;
import org.pmf4j.core.trunk.SourceHash;

/**
 * A model that is loaded. Several threads may use it at once; closed while records are on their
 * way, it is freed with the last of them.
 */
final class ServedModel implements AutoCloseable {
  private final PoolModel facts;
  private final FusedModel model;
  private final Map<String, SampleTrunk> trunks = new LinkedHashMap<>();
  private final Map<String, String> keys = new LinkedHashMap<>();
  private final Object make;
  private final Lifetime lifetime;

  /**
   * A model.
   *
   * @param model closed by this one
   */
  ServedModel(PoolModel facts, FusedModel model, SharedEncoders shared) {
    this.facts = facts;
    this.model = model;
    this.lifetime = new Lifetime(() -> "model " + facts.name(), model::close);
    if (model.plan().tuning() != Tuning.FULL) {
      model.encoders().asMap().forEach((m, e) -> share(m, e, shared));
    }
    this.make = findMake();
  }

  private void share(String modality, LoadedEncoder encoder, SharedEncoders shared) {
    int depth = encoder.encoder().depth() - model.plan().fusionLayers().get(modality);
    trunks.put(modality, shared.trunk(encoder, depth));
    keys.put(modality, TrunkKey.encoder(encoder, depth));
  }

  /**
   * What models have in common whose rows are computed together.
   *
   * @param encoders by modality, in order, as {@link TrunkKey#encoder} calls them
   */
  private record Make(
      String method, Map<String, ?> settings, List<Map.Entry<String, String>> encoders) {}

  /** Equal to another model's where the two take mixed batches, or this one itself. */
  Object make() {
    return make;
  }

  private Object findMake() {
    if (!model.takesMixedBatches() || keys.size() < model.encoders().names().size()) {
      return this;
    }
    PlannedMethod method = model.method();
    return new Make(method.name(), method.settings().toMap(), List.copyOf(keys.entrySet()));
  }

  PoolModel facts() {
    return facts;
  }

  FusedModel model() {
    return model;
  }

  Outputs outputs() {
    return new Outputs(model, facts.task());
  }

  /** Held by each record that is on its way. */
  Lifetime lifetime() {
    return lifetime;
  }

  /**
   * Refuses a record that nothing can be computed of.
   *
   * @throws PmfException naming what it has too much, or lacks
   */
  void require(Example example) {
    for (String m : example.sources().keySet()) {
      if (!model.encoders().has(m)) {
        throw PmfException.input(
            String.format(
                Locale.ROOT,
                "%s: the model has no modality %s; it has %s",
                example.place(),
                Quote.value(m),
                String.join(", ", model.encoders().names())));
      }
    }
    ModalityPattern.of(example, model.encoders().names());
    model.require(List.of(example));
  }

  /**
   * Decodes what a record has, unless the cache has what comes of it.
   *
   * @return to be released each
   * @throws PmfException naming what cannot be decoded
   */
  Map<String, Input> inputs(
      Example example, TrunkCache cache, Decoding decoding, PoolListener listener) {
    Map<String, Input> inputs = new LinkedHashMap<>();
    try {
      for (String m : ModalityPattern.of(example, model.encoders().names()).modalities()) {
        inputs.put(m, input(m, example, cache, decoding, listener));
      }
      return inputs;
    } catch (RuntimeException | Error e) {
      inputs.values().forEach(Input::release);
      throw e;
    }
  }

  private Input input(
      String m, Example example, TrunkCache cache, Decoding decoding, PoolListener listener) {
    if (!trunks.containsKey(m)) {
      return new Input.Prepared(decoding.decode(() -> prepare(m, example, listener)));
    }
    Source source = example.requireSource(m);
    Optional<TrunkKey> key = SourceHash.ofMemory(source).map(h -> new TrunkKey(keys.get(m), h));
    Optional<TrunkOutput<HostTensor>> kept = key.flatMap(cache::get);
    listener.cache(kept.isPresent());
    if (kept.isPresent()) {
      return new Input.OfTrunk(m, trunks.get(m), key, null, kept.get(), () -> {});
    }
    Supplier<Sample> decode = () -> prepare(m, example, listener);
    Sample sample = key.map(k -> decoding.take(k, decode)).orElseGet(() -> decoding.decode(decode));
    Runnable release = () -> key.ifPresent(decoding::release);
    return new Input.OfTrunk(m, trunks.get(m), key, sample, null, release);
  }

  private Sample prepare(String m, Example example, PoolListener listener) {
    Preprocessor preprocessor = model.encoders().get(m).preprocessor();
    long began = System.nanoTime();
    Named<HostTensor> sample = example.prepare(m, preprocessor);
    listener.decoded(m, System.nanoTime() - began);
    return new Sample(sample, preprocessor.length(sample));
  }

  /** Which modalities of a record an encoder takes a part of. */
  List<String> cut(Example example) {
    return model.encoders().names().stream()
        .filter(m -> example.source(m).filter(source -> isCut(m, source)).isPresent())
        .toList();
  }

  private boolean isCut(String modality, Source source) {
    return model
        .encoders()
        .get(modality)
        .preprocessor()
        .lengthLimit()
        .filter(limit -> limit.cut().test(source))
        .isPresent();
  }

  /** Lets no record be accepted any more. */
  @Override
  public void close() {
    lifetime.close();
  }
}
