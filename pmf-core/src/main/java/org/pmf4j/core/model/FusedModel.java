package org.pmf4j.core.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.FusionPlan;
import org.pmf4j.api.fusion.MixedBatches;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.BatchCodec;
import org.pmf4j.core.batch.ModalityInput;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.FrozenEncoders;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.safetensors.LazyTensor;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.training.TrainedParameter;
import org.pmf4j.core.trunk.Trunks;

/**
 * Encoders and what fuses them, on a backend. The encoders are frozen or trained with the rest, as
 * the method's {@link FusionPlan} says. Several threads may compute logits at once; one at a time
 * may train, assign or close it.
 */
public final class FusedModel implements AutoCloseable {
  private final Backend backend;
  private final PlannedMethod method;
  private final Named<LoadedEncoder> encoders;
  private final ParameterStore parameters;
  private final EncoderTrunk trunk;
  private final FusionModel fusion;
  private final Program logits;

  /**
   * Builds a model.
   *
   * @param encoders by modality, loaded as the method's plan wants them; this model closes them
   * @param outputs number of logits
   * @param parameters where the trainable tensors come from, with those of tuned encoders in it and
   *     nothing else; this model closes it, also where it cannot be built
   * @throws PmfException if settings and encoders do not go together
   */
  public FusedModel(
      Backend backend,
      Named<LoadedEncoder> encoders,
      PlannedMethod method,
      int outputs,
      ParameterStore parameters) {
    this.backend = backend;
    this.method = method;
    this.encoders = encoders;
    this.parameters = parameters;
    this.trunk = EncoderTrunk.of(method.plan().tuning());
    try {
      this.fusion = method.build(encoders.map(LoadedEncoder::encoder), outputs, parameters);
      this.logits =
          backend.inference(
              "logits", in -> Named.of("logits", logits(tokens(BatchCodec.batch(in)))));
    } catch (RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  /**
   * Loads the encoders as the method wants them and builds a model over them.
   *
   * @param parameters where the trainable tensors come from, still empty; closed by this model,
   *     also where it cannot be built
   * @return a model which the caller closes
   * @throws PmfException if an encoder cannot be loaded, or settings and encoders do not go
   *     together
   */
  public static FusedModel load(
      EncoderLoader loader, Blueprint blueprint, ParameterStore parameters) {
    return load(loader, loader::load, blueprint, parameters);
  }

  /**
   * The same over frozen encoders that come from elsewhere.
   *
   * @param frozen gives encoders whose weights are not trained; this model closes them
   */
  static FusedModel load(
      EncoderLoader loader, FrozenEncoders frozen, Blueprint blueprint, ParameterStore parameters) {
    Named<LoadedEncoder> encoders = Named.none();
    try {
      encoders = EncoderSet.load(loader, frozen, blueprint, parameters);
      return new FusedModel(
          loader.backend(), encoders, blueprint.method(), blueprint.outputs(), parameters);
    } catch (RuntimeException e) {
      parameters.close();
      encoders.asMap().values().forEach(LoadedEncoder::close);
      throw e;
    }
  }

  /** The encoders by modality. */
  public Named<LoadedEncoder> encoders() {
    return encoders;
  }

  /**
   * Refuses examples of which the method cannot compute anything.
   *
   * @throws PmfException naming the first example that lacks what the method cannot do without
   */
  public void require(List<Example> examples) {
    method.requireIn(examples);
  }

  /** The method, with its settings. */
  public PlannedMethod method() {
    return method;
  }

  /** What the method does with them. */
  public FusionPlan plan() {
    return method.plan();
  }

  /** Trunks that are computed anew for every batch, or not at all; the caller closes them. */
  public Trunks trunks() {
    return trunk.live(backend, encoders, plan().fusionLayers());
  }

  /** What is trained: weights of tuned encoders, then what the method made. */
  public List<Parameter> trainable() {
    return parameters.all();
  }

  /** The same, with what a trainer must know of each. */
  public List<TrainedParameter> trained() {
    return parameters.trained();
  }

  /** Number of trained weights. */
  public long trainableCount() {
    return parameters.all().stream().mapToLong(p -> p.shape().size()).sum();
  }

  /** Number of all weights, the encoders' included. */
  public long totalCount() {
    return trainableCount()
        + encoders.asMap().values().stream().mapToLong(trunk::frozenWeights).sum();
  }

  /** The trained weights by name, as they are saved. */
  public Map<String, LazyTensor> pending() {
    return parameters.pending();
  }

  /** Replaces the trained weights by saved ones. */
  public void assign(ParameterStore.Initial values) {
    parameters.assign(values);
  }

  /**
   * What enters the first fusion layer, inside a program.
   *
   * @param placed as {@link Trunks#place} gives it
   * @return by modality, of those that are there
   */
  public Named<Tokens> tokens(Batch<Tensor> placed) {
    Map<String, Tokens> tokens = new LinkedHashMap<>();
    encoders.asMap().keySet().stream()
        .filter(placed.inputs()::has)
        .forEach(m -> tokens.put(m, tokens(m, placed.inputs().get(m))));
    return Named.of(tokens);
  }

  private Tokens tokens(String modality, ModalityInput<Tensor> placed) {
    int fusionLayers = plan().fusionLayers().get(modality);
    return EncoderTrunk.tokens(encoders.get(modality).encoder(), fusionLayers, placed);
  }

  /**
   * Logits of samples that have the same modalities, inside a program.
   *
   * @param tokens as {@link #tokens} gives them
   * @return [B, outputs]
   */
  public Tensor logits(Named<Tokens> tokens) {
    return fusion.logits(tokens);
  }

  /**
   * What the method adds to the loss in training, inside a program.
   *
   * @param tokens as {@link #tokens} gives them
   * @return [1], or nothing
   */
  public Optional<Tensor> penalty(Named<Tokens> tokens) {
    return fusion.penalty(tokens);
  }

  /**
   * Logits of prepared examples.
   *
   * @param prepared what {@code trunks.prepare} returned
   * @return FLOAT32 [B, outputs]
   */
  public HostTensor logits(Trunks trunks, Batch<HostTensor> prepared) {
    return logits(trunks.place(prepared));
  }

  /**
   * Logits of a batch that is on the device.
   *
   * @param placed closed by this call
   * @return FLOAT32 [B, outputs]
   */
  public HostTensor logits(Batch<Tensor> placed) {
    try (Tensor out = logits.run(BatchCodec.names(placed)).get("logits")) {
      return backend.read(out);
    } finally {
      placed.tensors().forEach(Tensor::close);
    }
  }

  /**
   * True if rows of this model may be in one batch with those of others: of its method and
   * settings, over the same encoders in memory.
   */
  public boolean takesMixedBatches() {
    return fusion instanceof MixedBatches && backend.info().can(Capability.EAGER);
  }

  /**
   * The rows of a batch that one model is asked about.
   *
   * @param model which it is
   * @param rows how many, 1 or more
   */
  public record Share(FusedModel model, int rows) {}

  /**
   * Logits of a batch on the device whose rows are asked of several models: what is frozen is
   * computed of all rows together.
   *
   * @param placed closed by this call
   * @param shares one or more, which together make up the batch, from its first row on
   * @return by share, FLOAT32 [rows, outputs]
   * @throws IllegalArgumentException if a model is not of this one's make
   */
  public List<HostTensor> logits(Batch<Tensor> placed, List<Share> shares) {
    List<MixedBatches.Share> each =
        shares.stream().map(s -> new MixedBatches.Share(s.model.fusion, s.rows)).toList();
    Named<Tensor> out = Named.none();
    try (Program once =
        backend.inference(
            "mixed logits",
            in -> numbered(((MixedBatches) fusion).logits(tokens(BatchCodec.batch(in)), each)))) {
      out = once.run(BatchCodec.names(placed));
      return out.asMap().values().stream().map(backend::read).toList();
    } finally {
      out.asMap().values().forEach(Tensor::close);
      placed.tensors().forEach(Tensor::close);
    }
  }

  private static Named<Tensor> numbered(List<Tensor> tensors) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    tensors.forEach(t -> all.put(Integer.toString(all.size()), t));
    return Named.of(all);
  }

  /** Logits of a few examples with the same modalities, prepared by the calling thread. */
  public HostTensor logits(Trunks trunks, List<Example> examples) {
    return logits(trunks, trunks.prepare(examples));
  }

  @Override
  public void close() {
    logits.close();
    parameters.close();
    encoders.asMap().values().forEach(LoadedEncoder::close);
  }
}
