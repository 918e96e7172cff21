package org.pmf4j.core.pmf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.prompt.FusionPrompt;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * One fusion layer of PMF: the frozen layers of all modalities, the query stages between them and
 * their fusion context prompts. The memory of a modality's own tokens is made once and serves both
 * stages. A modality of which no tokens are given takes no part: it asks nothing, tells nothing,
 * and no memory has a trace of it.
 *
 * @param frozen by modality, its encoder's layer
 * @param pooling by modality, which rows the last layer must give
 * @param trained prompts and mappings
 */
record PmfFusionLayer(Named<EncoderLayer> frozen, Named<Pooling> pooling, TrainedLayer trained)
    implements PmfLayer {

  @Override
  public Named<Tokens> apply(Named<Tokens> tokens, ByRow<TrainedLayer> each) {
    Named<Tensor> out = fuse(tokens, each, (modality, all) -> all);
    Map<String, Tokens> next = new LinkedHashMap<>();
    tokens.asMap().forEach((m, t) -> next.put(m, t.withStates(out.get(m))));
    return Named.of(next);
  }

  @Override
  public Named<Tensor> applyLast(Named<Tokens> tokens, ByRow<TrainedLayer> each) {
    return fuse(
        tokens, each, (modality, all) -> all.first(pooling.get(modality).rows(all.states())));
  }

  private Named<Tensor> fuse(
      Named<Tokens> tokens, ByRow<TrainedLayer> each, BiFunction<String, Tokens, Tokens> queries) {
    Map<String, Memory> own = new LinkedHashMap<>();
    tokens.asMap().forEach((m, all) -> own.put(m, frozen.get(m).memory(all)));
    Map<String, Memory> received = receive(own, each);
    Map<String, Tensor> out = new LinkedHashMap<>();
    tokens
        .asMap()
        .forEach(
            (m, all) -> {
              Tokens rows = queries.apply(m, all);
              Memory memory = own.get(m);
              if (received.containsKey(m)) {
                memory = memory.join(received.get(m));
              }
              out.put(m, frozen.get(m).attend(rows, memory));
            });
    return Named.of(out);
  }

  /**
   * What each modality y attends to beyond its own tokens: its FCP, and an FP from each x. A y that
   * receives nothing is left out.
   */
  private Map<String, Memory> receive(Map<String, Memory> own, ByRow<TrainedLayer> each) {
    Map<String, Memory> received = new LinkedHashMap<>();
    for (String y : own.keySet()) {
      if (!trained.contexts().has(y)) {
        continue;
      }
      Tensor context = each.beside(t -> t.contexts().get(y).tokens().states());
      received.put(y, frozen.get(y).memory(Tokens.prompts(context)));
    }
    for (int i = 0; i < trained.queryStages().size(); i++) {
      String from = trained.queryStages().get(i).from();
      String to = trained.queryStages().get(i).to();
      if (!own.containsKey(from) || !own.containsKey(to)) {
        continue;
      }
      int index = i;
      ByRow<QueryStage> stage = each.map(t -> t.queryStages().get(index));
      FusionPrompt fusionPrompt = QueryStage.fusionPrompt(stage, frozen.get(from), own.get(from));
      Memory m = frozen.get(to).memory(fusionPrompt.tokens());
      received.merge(to, m, Memory::join);
    }
    return received;
  }
}
