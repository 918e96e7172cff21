package org.pmf4j.parity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.backend.Tape;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.BatchCodec;
import org.pmf4j.core.batch.ModalityInput;
import org.pmf4j.core.batch.Targets;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.model.PlannedMethod;
import org.pmf4j.core.pmf.PmfMethod;
import org.pmf4j.core.training.Loss;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.trunk.ComputedTrunks;

/**
 * A model that was built over some modalities alone and has never heard of the others: the
 * reference for samples that lack those. Samples are computed one by one.
 */
final class AloneModel implements AutoCloseable {
  private final Backend backend;
  private final Named<LoadedEncoder> encoders;
  private final Map<String, Object> settings;
  private final ParameterStore store;
  private final ComputedTrunks trunks;
  private final FusionModel model;
  private final Program program;

  /**
   * A model.
   *
   * @param all encoders of the whole model, which stay the caller's
   * @param there the modalities that it has of them
   * @param outputs number of logits
   * @param settings of the whole model
   * @param adapter the whole model's weights, of which its part is taken by name
   */
  AloneModel(
      Backend backend,
      Named<LoadedEncoder> all,
      ModalityPattern there,
      int outputs,
      Map<String, Object> settings,
      Map<String, HostTensor> adapter) {
    Map<String, LoadedEncoder> some = new LinkedHashMap<>();
    there.modalities().forEach(m -> some.put(m, all.get(m)));
    this.backend = backend;
    this.encoders = Named.of(some);
    this.settings = settings;
    this.store = new ParameterStore(backend, 0, adapter::get);
    this.trunks = new ComputedTrunks(backend, encoders, encoders.map(e -> fused()));
    this.model = model(encoders.map(LoadedEncoder::encoder), outputs);
    this.program = backend.training("alone", this::logitsAndGradients);
  }

  /**
   * What a sample comes to.
   *
   * @param gradients of its cross-entropy, by weight
   */
  record Found(float[] logits, Map<String, float[]> gradients) {}

  Found run(Example example, float[] target) {
    Targets<HostTensor> targets =
        new Targets<>(
            HostTensor.of(target, 1, target.length), HostTensor.of(new float[] {1}, 1, 1));
    Batch<Tensor> in = trunks.place(trunks.prepare(List.of(example)).with(targets));
    Named<Tensor> out = program.run(BatchCodec.names(in));
    Map<String, float[]> gradients = new LinkedHashMap<>();
    out.under("grad.").asMap().forEach((n, t) -> gradients.put(n, backend.read(t).floats()));
    float[] logits = backend.read(out.get("logits")).floats();
    in.tensors().forEach(Tensor::close);
    out.asMap().values().forEach(Tensor::close);
    return new Found(logits, gradients);
  }

  private Named<Tensor> logitsAndGradients(Named<Tensor> in, Tape tape) {
    Map<String, Tokens> tokens = new LinkedHashMap<>();
    Batch<Tensor> batch = BatchCodec.batch(in);
    for (String m : encoders.names()) {
      var trunk = (ModalityInput.TrunkOutput<Tensor>) batch.inputs().get(m);
      tokens.put(m, new Tokens(trunk.states(), trunk.mask().orElse(null)));
    }
    Tensor logits = model.logits(Named.of(tokens));
    Tensor loss = Loss.CROSS_ENTROPY.of(logits, batch.requireTargets());
    List<Tensor> found = tape.gradients(loss, store.all());
    Named<Tensor> out = Named.of("logits", logits);
    for (int i = 0; i < found.size(); i++) {
      out = out.with("grad." + store.all().get(i).name(), found.get(i));
    }
    return out;
  }

  private int fused() {
    return (Integer) settings.get("fusion-layers");
  }

  private FusionModel model(Named<Encoder> own, int outputs) {
    Map<String, Object> s = new LinkedHashMap<>(settings);
    String pairs = (String) settings.get("pairs");
    if (!pairs.equals("all")) {
      pairs =
          Stream.of(pairs.split(","))
              .filter(p -> own.names().containsAll(List.of(p.split(">"))))
              .collect(Collectors.joining(","));
      s.put("pairs", pairs);
    }
    PmfMethod pmf = new PmfMethod();
    return own.names().size() == 1 || pairs.isEmpty()
        ? Unfused.of(own, outputs, fused(), store)
        : pmf.build(own, outputs, PlannedMethod.settings(pmf, s), store);
  }

  @Override
  public void close() {
    program.close();
    trunks.close();
    store.close();
  }

  /**
   * Modalities that tell each other nothing: each layer runs on its own tokens and its fusion
   * context prompts, and the heads are averaged.
   */
  private record Unfused(Named<Encoder> encoders, int fusionLayers, Map<String, Parameter> made)
      implements FusionModel {

    static Unfused of(Named<Encoder> own, int outputs, int layers, ParameterStore store) {
      Map<String, Parameter> made = new LinkedHashMap<>();
      own.asMap()
          .forEach(
              (m, e) -> {
                for (int l = 0; l < layers; l++) {
                  String name = "fusion." + l + "." + m + ".fusion_context_prompt";
                  made.put(name, store.make(name, null, 2, e.width()));
                }
                String head = "head." + m;
                made.put(head + ".weight", store.make(head + ".weight", null, outputs, e.width()));
                made.put(head + ".bias", store.make(head + ".bias", null, outputs));
              });
      return new Unfused(own, layers, made);
    }

    @Override
    public Tensor logits(Named<Tokens> trunk) {
      Tensor sum = null;
      for (String m : encoders.names()) {
        Encoder e = encoders.get(m);
        Tokens tokens = trunk.get(m);
        for (int l = 0; l < fusionLayers; l++) {
          EncoderLayer layer = e.layers().get(e.depth() - fusionLayers + l);
          Tensor fcp = made.get("fusion." + l + "." + m + ".fusion_context_prompt").value();
          Tokens prompts = Tokens.prompts(fcp.reshape(1, 2, e.width()));
          Tensor states = layer.attend(tokens, layer.memory(tokens).join(layer.memory(prompts)));
          tokens = tokens.withStates(states);
        }
        Tensor rows = e.finalNorm(e.pooling().rows(tokens.states()));
        Tensor pooled = e.pooling().pool(rows, tokens.mask());
        Tensor weight = made.get("head." + m + ".weight").value();
        Tensor logits = new Linear(weight, made.get("head." + m + ".bias").value()).apply(pooled);
        sum = sum == null ? logits : sum.add(logits);
      }
      return sum.mul(1.0 / encoders.names().size());
    }
  }
}
