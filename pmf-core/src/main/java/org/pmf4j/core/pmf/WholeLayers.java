package org.pmf4j.core.pmf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.transformer.WholeLayer;

/**
 * A fusion layer exactly as the paper draws it: whole layers run on tokens and prompts together,
 * and rows that are not needed are dropped afterwards. The oracle and the baseline of {@link
 * PmfFusionLayer}, with the same parameters.
 *
 * @param layer whose parts are used
 */
record WholeLayers(PmfFusionLayer layer) implements PmfLayer {

  /** The same model in the paper's form. */
  static PmfModel of(PmfModel model) {
    List<WholeLayers> layers =
        model.layers().stream().map(l -> new WholeLayers((PmfFusionLayer) l)).toList();
    return new PmfModel(model.encoders(), layers, model.head());
  }

  @Override
  public TrainedLayer trained() {
    return layer.trained();
  }

  @Override
  public Named<Tokens> apply(Named<Tokens> tokens, ByRow<TrainedLayer> each) {
    Named<Tensor> out = fuse(tokens, each, (m, states) -> states);
    Map<String, Tokens> next = new LinkedHashMap<>();
    tokens.asMap().forEach((m, t) -> next.put(m, t.withStates(out.get(m))));
    return Named.of(next);
  }

  @Override
  public Named<Tensor> applyLast(Named<Tokens> tokens, ByRow<TrainedLayer> each) {
    return fuse(tokens, each, (m, states) -> layer.pooling().get(m).rows(states));
  }

  private Named<Tensor> fuse(
      Named<Tokens> tokens, ByRow<TrainedLayer> each, BiFunction<String, Tensor, Tensor> rows) {
    Map<String, List<Tensor>> sent = new LinkedHashMap<>();
    for (int i = 0; i < trained().queryStages().size(); i++) {
      QueryStage e = trained().queryStages().get(i);
      if (!tokens.has(e.from()) || !tokens.has(e.to())) {
        continue;
      }
      int index = i;
      ByRow<QueryStage> stage = each.map(t -> t.queryStages().get(index));
      Tensor asking = stage.beside(QueryStage::prompts);
      Tokens all = with(tokens.get(e.from()), List.of(asking));
      Tensor states = whole(e.from(), tokens.get(e.from()), all);
      long end = states.dim(1);
      Tensor found = states.slice(1, end - e.queries().dim(1), end);
      sent.computeIfAbsent(e.to(), y -> new ArrayList<>())
          .add(stage.apply(found, (own, some) -> own.mapping().apply(some)));
    }
    Map<String, Tensor> out = new LinkedHashMap<>();
    tokens
        .asMap()
        .forEach(
            (y, own) -> {
              List<Tensor> prompts = new ArrayList<>();
              if (trained().contexts().has(y)) {
                prompts.add(each.beside(t -> t.contexts().get(y).tokens().states()));
              }
              prompts.addAll(sent.getOrDefault(y, List.of()));
              Tensor states = whole(y, own, with(own, prompts));
              out.put(y, rows.apply(y, states.slice(1, 0, own.states().dim(1))));
            });
    return Named.of(out);
  }

  /** The frozen layer's output at all tokens: at a sequence and at prompts behind it. */
  private Tensor whole(String modality, Tokens own, Tokens all) {
    EncoderLayer frozen = layer.frozen().get(modality);
    return WholeLayer.hasPositions(frozen)
        ? WholeLayer.apply(frozen, all.states(), own.states().dim(1), all.mask())
        : frozen.apply(all).states();
  }

  private static Tokens with(Tokens own, List<Tensor> prompts) {
    if (prompts.isEmpty()) {
      return own;
    }
    List<Tensor> states = new ArrayList<>(List.of(own.states()));
    prompts.forEach(p -> states.add(p.shape().dim(0) == 1 ? p.repeatFor(own.states()) : p));
    Tensor all = Tensor.concat(1, states);
    if (own.mask() == null) {
      return Tokens.of(all);
    }
    long n = own.states().dim(1);
    Tensor real =
        all.slice(1, n, -1).slice(2, 0, 1).reshape(Tensor.KEEP, Tensor.INFER).filled(1, DType.BOOL);
    return new Tokens(all, Tensor.concat(1, own.mask(), real));
  }
}
