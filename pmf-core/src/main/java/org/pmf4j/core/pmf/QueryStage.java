package org.pmf4j.core.pmf;

import java.util.Optional;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.Parameters.Role;
import org.pmf4j.api.fusion.Prompt.QueryContextPrompt;
import org.pmf4j.api.fusion.Prompt.QueryPrompt;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * What x tells y in one layer, the query stage of PMF: query prompts gather it from x, with query
 * context prompts beside them, and a mapping brings it into y's space as y's fusion prompt.
 *
 * @param from x
 * @param to y
 * @param queryPrompt [n, d_x]
 * @param queryContextPrompt [n', d_x], if there is one
 * @param mapping d_x → d_y
 */
record QueryStage(
    String from,
    String to,
    Parameter queryPrompt,
    Optional<Parameter> queryContextPrompt,
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
        parameters.make(name + "query_prompt", Role.PLAIN, s.promptStart(), s.queryPrompts(), dx),
        prompt(name + "query_context_prompt", s.queryContextPrompts(), dx, s, parameters),
        Mapping.make(name + "mapping.", dx, s.mappingWidth(dx, dy), dy, s, parameters));
  }

  /**
   * The fusion prompt for y.
   *
   * @param layer the frozen layer of x
   * @param own the memory of x's own tokens
   * @return FP [B, n, d_y]
   */
  Tensor fusionPrompt(EncoderLayer layer, Memory own) {
    return TensorScope.tidy(
        () -> {
          QueryPrompt qp = new QueryPrompt(shared(queryPrompt));
          Tensor prompts =
              queryContextPrompt
                  .map(p -> new QueryContextPrompt(shared(p)))
                  .map(qcp -> Tensor.concat(1, qcp.vectors(), qp.vectors()))
                  .orElse(qp.vectors());
          Memory memory = own.join(layer.memory(Tokens.prompts(prompts)));
          return mapping.apply(layer.attend(Tokens.prompts(qp.vectors()), memory));
        });
  }

  /** A prompt [n, d] that may be left out: of no vectors there is none. */
  static Optional<Parameter> prompt(
      String name, int vectors, int width, PmfSettings s, Parameters parameters) {
    return vectors == 0
        ? Optional.empty()
        : Optional.of(parameters.make(name, Role.PLAIN, s.promptStart(), vectors, width));
  }

  /** A prompt [n, d] as tokens that all samples share, [1, n, d]. */
  static Tensor shared(Parameter prompt) {
    return prompt.value().reshape(1, prompt.shape().dim(0), prompt.shape().dim(1));
  }
}
