package org.pmf4j.core.pmf;

import java.util.Optional;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.prompt.FusionPrompt;
import org.pmf4j.api.fusion.prompt.QueryContextPrompt;
import org.pmf4j.api.fusion.prompt.QueryPrompt;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * What x tells y in one layer, the query stage of PMF: query prompts gather it from x, with query
 * context prompts beside them, and a mapping brings it into y's space as y's fusion prompt.
 *
 * @param from x
 * @param to y
 * @param queryPrompt of x → y
 * @param queryContextPrompt of x → y, if there is one
 * @param mapping d_x → d_y
 */
record QueryStage(
    String from,
    String to,
    QueryPrompt queryPrompt,
    Optional<QueryContextPrompt> queryContextPrompt,
    Mapping mapping) {

  /**
   * Makes it.
   *
   * @param prefix of its names
   * @param widths of all encoders
   */
  static QueryStage make(
      String prefix,
      String x,
      String y,
      Named<Integer> widths,
      PmfSettings s,
      Parameters parameters) {
    String name = prefix + x + "_to_" + y + ".";
    int dx = widths.get(x);
    int dy = widths.get(y);
    return new QueryStage(
        x,
        y,
        QueryPrompt.make(name, s.queryPrompts(), dx, s.promptStart(), parameters),
        s.queryContextPrompts() == 0
            ? Optional.empty()
            : Optional.of(
                QueryContextPrompt.make(
                    name, s.queryContextPrompts(), dx, s.promptStart(), parameters)),
        Mapping.make(name + "mapping.", dx, s.mappingWidth(dx, dy), dy, s, parameters));
  }

  /**
   * The fusion prompt for y.
   *
   * @param stage of x → y
   * @param layer the frozen layer of x
   * @param own the memory of x's own tokens
   * @return of [B, n, d_y]
   */
  static FusionPrompt fusionPrompt(ByRow<QueryStage> stage, EncoderLayer layer, Memory own) {
    return new FusionPrompt(
        TensorScope.tidy(
            () -> {
              Tensor queries = stage.beside(QueryStage::queries);
              Tensor prompts = stage.beside(QueryStage::prompts);
              Memory memory = own.join(layer.memory(Tokens.prompts(prompts)));
              Tensor found = layer.attend(Tokens.prompts(queries), memory);
              return stage.apply(found, (each, rows) -> each.mapping.apply(rows));
            }));
  }

  /** The query prompt, [1, n, d_x]. */
  Tensor queries() {
    return queryPrompt.tokens().states();
  }

  /** What x's tokens have beside them: the query context prompt, if there is one, and this. */
  Tensor prompts() {
    return queryContextPrompt
        .map(context -> Tensor.concat(1, context.tokens().states(), queries()))
        .orElseGet(this::queries);
  }
}
