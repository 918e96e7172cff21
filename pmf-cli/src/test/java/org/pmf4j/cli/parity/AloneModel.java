package org.pmf4j.cli.parity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Presence;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.pmf.PmfMethod;
import org.pmf4j.core.training.Loss;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.trunk.LiveTrunks;

/**
 * What a single sample comes to in a model that was built over its own modalities alone and has
 * never heard of the others: the reference for samples that lack some.
 *
 * @param backend what computes
 * @param encoders all of them; those of other modalities are not used
 * @param settings of the whole model
 * @param adapter the whole model's weights, of which its part is taken by name
 */
record AloneModel(
    Backend backend,
    Named<LoadedEncoder> encoders,
    Map<String, Object> settings,
    Map<String, HostTensor> adapter) {

  /**
   * Logits and gradients of one sample.
   *
   * @param gradients of the sample's loss, by weight
   */
  record Found(float[] logits, Map<String, float[]> gradients) {}

  Found run(Example example, float[] target) {
    Presence there = Presence.of(example, encoders.names());
    Map<String, LoadedEncoder> some = new LinkedHashMap<>();
    there.modalities().forEach(m -> some.put(m, encoders.get(m)));
    Named<LoadedEncoder> own = Named.of(some);
    try (ParameterStore store = new ParameterStore(backend, 0, adapter::get);
        LiveTrunks trunks = new LiveTrunks(backend, own, fused())) {
      FusionModel model = model(own.map(LoadedEncoder::encoder), target.length, store);
      Named<Tensor> trunk = trunks.place(trunks.prepare(List.of(example)));
      return run(model, trunk, target);
    }
  }

  private int fused() {
    return (Integer) settings.get("fusion-layers");
  }

  private FusionModel model(Named<Encoder> own, int outputs, ParameterStore store) {
    Map<String, Object> s = new LinkedHashMap<>(settings);
    String pairs = (String) settings.get("pairs");
    if (!pairs.equals("all")) {
      pairs =
          Stream.of(pairs.split(","))
              .filter(p -> own.names().containsAll(List.of(p.split(">"))))
              .collect(Collectors.joining(","));
      s.put("pairs", pairs);
    }
    return own.names().size() == 1 || pairs.isEmpty()
        ? Unfused.of(own, outputs, fused(), store)
        : new PmfMethod().build(own, outputs, s, store);
  }

  private Found run(FusionModel model, Named<Tensor> trunk, float[] target) {
    Named<Tensor> in =
        trunk
            .with("target", backend.tensor(HostTensor.of(target, 1, target.length)))
            .with("weight", backend.tensor(HostTensor.of(new float[] {1}, 1, 1)));
    Map<String, float[]> gradients = new LinkedHashMap<>();
    try (Program program =
        backend.training(
            "alone",
            (batch, tape) -> {
              Tensor logits = model.logits(tokens(batch));
              Tensor loss = Loss.CROSS_ENTROPY.of(logits, batch.get("target"), batch.get("weight"));
              List<Tensor> found = tape.gradients(loss, model.parameters());
              Named<Tensor> out = Named.of("logits", logits);
              for (int i = 0; i < found.size(); i++) {
                out = out.with("grad." + model.parameters().get(i).name(), found.get(i));
              }
              return out;
            })) {
      Named<Tensor> out = program.run(in);
      out.under("grad.").asMap().forEach((n, t) -> gradients.put(n, backend.read(t).floats()));
      float[] logits = backend.read(out.get("logits")).floats();
      out.asMap().values().forEach(Tensor::close);
      return new Found(logits, gradients);
    } finally {
      in.asMap().values().forEach(Tensor::close);
    }
  }

  private Named<Tokens> tokens(Named<Tensor> in) {
    Map<String, Tokens> tokens = new LinkedHashMap<>();
    for (String m : encoders.names()) {
      if (in.has(m + ".states")) {
        Tensor mask = in.has(m + ".mask") ? in.get(m + ".mask") : null;
        tokens.put(m, new Tokens(in.get(m + ".states"), mask));
      }
    }
    return Named.of(tokens);
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
    public List<Parameter> parameters() {
      return List.copyOf(made.values());
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
