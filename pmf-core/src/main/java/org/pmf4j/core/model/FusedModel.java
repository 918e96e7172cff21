package org.pmf4j.core.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.trunk.Trunks;

/** Frozen encoders and the trainable part that fuses them, on a backend. */
public final class FusedModel implements AutoCloseable {
  private final Backend backend;
  private final Named<LoadedEncoder> encoders;
  private final ParameterStore parameters;
  private final FusionModel fusion;
  private final Program logits;

  /**
   * Builds a model.
   *
   * @param encoders by modality; this model closes them
   * @param outputs number of logits
   * @param settings of the method, complete
   * @param parameters where the trainable tensors come from; this model closes it, also where it
   *     cannot be built
   * @throws org.pmf4j.api.error.PmfException if settings and encoders do not go together
   */
  public FusedModel(
      Backend backend,
      Named<LoadedEncoder> encoders,
      FusionMethod method,
      int outputs,
      Map<String, Object> settings,
      ParameterStore parameters) {
    this.backend = backend;
    this.encoders = encoders;
    this.parameters = parameters;
    try {
      this.fusion =
          method.build(encoders.map(LoadedEncoder::encoder), outputs, settings, parameters);
      this.logits = backend.inference("logits", in -> Named.of("logits", logits(in)));
    } catch (RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  /** The encoders by modality. */
  public Named<LoadedEncoder> encoders() {
    return encoders;
  }

  /** How many last layers of each encoder are fused, by modality. */
  public Named<Integer> fusionLayers() {
    Map<String, Integer> layers = new LinkedHashMap<>();
    encoders.names().forEach(m -> layers.put(m, fusion.fusionLayers(m)));
    return Named.of(layers);
  }

  /**
   * What the method adds to the loss in training, inside a program.
   *
   * @param trunks as {@link #logits} takes them
   * @return [1], or nothing
   */
  public Optional<Tensor> penalty(Named<Tensor> trunks) {
    return fusion.penalty(tokens(trunks));
  }

  /** What is trained. */
  public List<Parameter> trainable() {
    return fusion.parameters();
  }

  /** Number of trained weights. */
  public long trainableCount() {
    return fusion.parameters().stream().mapToLong(p -> p.shape().size()).sum();
  }

  /** Number of all weights, the encoders' included. */
  public long totalCount() {
    return trainableCount()
        + encoders.asMap().values().stream().mapToLong(LoadedEncoder::parameters).sum();
  }

  /** The trained weights by name, as they are saved. */
  public Map<String, HostTensor> read() {
    return parameters.read();
  }

  /** Replaces the trained weights by saved ones. */
  public void assign(Map<String, HostTensor> values) {
    parameters.assign(values);
  }

  /**
   * Logits of samples that have the same modalities, inside a program.
   *
   * @param trunks of those modalities, as {@link Trunks#place} names them
   * @return [B, outputs]
   */
  public Tensor logits(Named<Tensor> trunks) {
    return fusion.logits(tokens(trunks));
  }

  private Named<Tokens> tokens(Named<Tensor> trunks) {
    Map<String, Tokens> tokens = new LinkedHashMap<>();
    for (String m : encoders.names()) {
      Named<Tensor> trunk = trunks.under(m + ".");
      if (trunk.has(Trunks.STATES)) {
        Tensor mask = trunk.has(Trunks.MASK) ? trunk.get(Trunks.MASK) : null;
        Tokens plain = new Tokens(trunk.get(Trunks.STATES), mask);
        tokens.put(m, plain.withSettled(trunk.under(Trunks.SETTLED)));
      }
    }
    return Named.of(tokens);
  }

  /**
   * Logits of prepared examples.
   *
   * @param prepared what {@code trunks.prepare} returned
   * @return FLOAT32 [B, outputs]
   */
  public HostTensor logits(Trunks trunks, Named<HostTensor> prepared) {
    Named<Tensor> placed = trunks.place(prepared);
    try (Tensor out = logits.run(placed).get("logits")) {
      return backend.read(out);
    } finally {
      placed.asMap().values().forEach(Tensor::close);
    }
  }

  /** Brings host data onto this model's backend; the caller closes the tensor. */
  public Tensor place(HostTensor data) {
    return backend.tensor(data);
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
