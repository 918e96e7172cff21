package org.pmf4j.core.pmf;

import java.util.List;
import java.util.Optional;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.nn.Activation;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;

/**
 * Settings of PMF; the defaults are the paper's. Immutable, so that any number of threads may share
 * it.
 *
 * @param values of all settings
 */
record PmfSettings(Settings values) {
  /** F, the number of last layers that are fused, from 1 to the shallower depth. */
  static final Setting<Integer> FUSION_LAYERS =
      Setting.whole("fusion-layers", 2, 1, "last layers of each encoder that are fused");

  /**
   * n of QP, and so of the fusion prompt; without them nothing would be exchanged, which {@link
   * Pairs.None} says.
   */
  static final Setting<Integer> QUERY_PROMPTS =
      Setting.whole("query-prompts", 4, 1, "vectors in each query prompt");

  static final Setting<Integer> QUERY_CONTEXT_PROMPTS =
      Setting.whole("query-context-prompts", 4, 0, "vectors in each query context prompt");

  static final Setting<Integer> FUSION_CONTEXT_PROMPTS =
      Setting.whole("fusion-context-prompts", 4, 0, "vectors in each fusion context prompt");

  private static final Setting<Integer> MAPPING_WIDTH =
      Setting.whole(
          "mapping-width", 0, 0, "hidden width of the mappings; 0 for half the wider encoder's");

  private static final Setting<Activation> MAPPING_ACTIVATION =
      Setting.choice("mapping-activation", Activation.RELU, "activation of the mappings");

  private static final Setting<Double> PROMPT_DEVIATION =
      Setting.real("prompt-deviation", 0.02, 0, 10, "prompts start at N(0, this)");

  static final Setting<Head.Kind> HEAD =
      Setting.choice(
          "head",
          Head.Kind.AVERAGED,
          "from pooled tokens to logits: averaged, a linear layer each, or joint, one network");

  private static final Setting<Integer> HEAD_WIDTH =
      Setting.whole("head-width", 256, 1, "hidden width of the joint head");

  private static final Setting<Activation> HEAD_ACTIVATION =
      Setting.choice("head-activation", Activation.GELU, "activation of the joint head");

  private static final Setting<Boolean> HEAD_NORM =
      Setting.truth(
              "head-norm",
              true,
              "bring each pooled token to mean 0 and variance 1 in the joint head")
          .formerly(false);

  private static final Setting<Double> HEAD_PENALTY =
      Setting.real(
              "head-penalty",
              10,
              0,
              1e6,
              "L2 penalty of the joint head, divided by the training rows, or by 300 if they are fewer")
          .formerly(0.0);

  static final Setting<Pairs> PAIRS =
      Setting.text(
          "pairs",
          new Pairs.All(),
          text -> Optional.of(Pairs.of(text)),
          Pairs::text,
          "all, none, or pairs such as image>text,audio>text",
          "which modalities are told of which others");

  /** All of them, in the order in which they are saved. */
  static final List<Setting<?>> ALL =
      List.of(
          FUSION_LAYERS,
          QUERY_PROMPTS,
          QUERY_CONTEXT_PROMPTS,
          FUSION_CONTEXT_PROMPTS,
          MAPPING_WIDTH,
          MAPPING_ACTIVATION,
          PROMPT_DEVIATION,
          HEAD,
          HEAD_WIDTH,
          HEAD_ACTIVATION,
          HEAD_NORM,
          HEAD_PENALTY,
          PAIRS);

  /** n of all kinds of prompt. */
  private static final Setting<Integer> PROMPT_LENGTH =
      Setting.whole("prompt-length", QUERY_PROMPTS.standard(), 0, "vectors in each kind of prompt");

  /**
   * What the command line has options of its own for; the others are set by {@code --set}. A
   * setting that is meant as an option has a line here, and nothing else.
   */
  static final List<PmfOption> OPTIONS =
      List.of(
          PmfOption.of(FUSION_LAYERS),
          PmfOption.of(PROMPT_LENGTH, QUERY_PROMPTS, QUERY_CONTEXT_PROMPTS, FUSION_CONTEXT_PROMPTS),
          PmfOption.of(MAPPING_WIDTH),
          PmfOption.of(HEAD));

  int fusionLayers() {
    return values.get(FUSION_LAYERS);
  }

  int queryPrompts() {
    return values.get(QUERY_PROMPTS);
  }

  int queryContextPrompts() {
    return values.get(QUERY_CONTEXT_PROMPTS);
  }

  int fusionContextPrompts() {
    return values.get(FUSION_CONTEXT_PROMPTS);
  }

  Activation activation() {
    return values.get(MAPPING_ACTIVATION);
  }

  Head.Kind head() {
    return values.get(HEAD);
  }

  int headWidth() {
    return values.get(HEAD_WIDTH);
  }

  Activation headActivation() {
    return values.get(HEAD_ACTIVATION);
  }

  boolean headNorm() {
    return values.get(HEAD_NORM);
  }

  double headPenalty() {
    return values.get(HEAD_PENALTY);
  }

  Pairs pairs() {
    return values.get(PAIRS);
  }

  int mappingWidth(int dx, int dy) {
    int chosen = values.get(MAPPING_WIDTH);
    return chosen == 0 ? Math.max(1, Math.max(dx, dy) / 2) : chosen;
  }

  Parameters.Start promptStart() {
    return new Parameters.Start.Normal(values.get(PROMPT_DEVIATION));
  }
}
