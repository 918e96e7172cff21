package org.pmf4j.core.pmf;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.nn.Activation;

/**
 * Settings of PMF.
 *
 * @param fusionLayers F, the number of last layers that are fused, from 1 to the shallower depth
 * @param queryPrompts n of QP, and so of the fusion prompt; without them nothing would be
 *     exchanged, which {@link Pairs.None} says
 * @param queryContextPrompts n of QCP; 0 for none
 * @param fusionContextPrompts n of FCP; 0 for none
 * @param mappingWidth hidden width of the mappings; 0 for max(d_x, d_y) / 2
 * @param activation of the mappings
 * @param promptDeviation prompts start at N(0, this)
 * @param head which head
 * @param headWidth hidden width of the joint head
 * @param headActivation of the joint head
 * @param pairs which modalities are told of which others
 */
record PmfSettings(
    int fusionLayers,
    int queryPrompts,
    int queryContextPrompts,
    int fusionContextPrompts,
    int mappingWidth,
    Activation activation,
    double promptDeviation,
    Head.Kind head,
    int headWidth,
    Activation headActivation,
    Pairs pairs) {

  /** The paper's setting. */
  static final PmfSettings DEFAULT =
      new PmfSettings(
          2,
          4,
          4,
          4,
          0,
          Activation.RELU,
          0.02,
          Head.Kind.AVERAGED,
          256,
          Activation.GELU,
          new Pairs.All());

  PmfSettings {
    atLeast("fusion-layers", fusionLayers, 1);
    atLeast("query-prompts", queryPrompts, 1);
    atLeast("query-context-prompts", queryContextPrompts, 0);
    atLeast("fusion-context-prompts", fusionContextPrompts, 0);
    atLeast("mapping-width", mappingWidth, 0);
    atLeast("head-width", headWidth, 1);
    if (!(promptDeviation >= 0 && promptDeviation <= 10)) {
      throw PmfException.usage("prompt-deviation must be 0 to 10, got " + promptDeviation);
    }
  }

  static PmfSettings of(Map<String, Object> m) {
    return new PmfSettings(
        whole(m, "fusion-layers"),
        whole(m, "query-prompts"),
        whole(m, "query-context-prompts"),
        whole(m, "fusion-context-prompts"),
        whole(m, "mapping-width"),
        Activation.named((String) m.get("mapping-activation")),
        ((Number) m.get("prompt-deviation")).doubleValue(),
        head((String) m.get("head")),
        whole(m, "head-width"),
        Activation.named((String) m.get("head-activation")),
        Pairs.of((String) m.get(Pairs.KEY)));
  }

  Map<String, Object> toMap() {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("fusion-layers", fusionLayers);
    m.put("query-prompts", queryPrompts);
    m.put("query-context-prompts", queryContextPrompts);
    m.put("fusion-context-prompts", fusionContextPrompts);
    m.put("mapping-width", mappingWidth);
    m.put("mapping-activation", activation.name().toLowerCase(Locale.ROOT));
    m.put("prompt-deviation", promptDeviation);
    m.put("head", head.name().toLowerCase(Locale.ROOT));
    m.put("head-width", headWidth);
    m.put("head-activation", headActivation.name().toLowerCase(Locale.ROOT));
    m.put(Pairs.KEY, pairs.text());
    return m;
  }

  int mappingWidth(int dx, int dy) {
    return mappingWidth == 0 ? Math.max(1, Math.max(dx, dy) / 2) : mappingWidth;
  }

  Parameters.Start promptStart() {
    return new Parameters.Start.Normal(promptDeviation);
  }

  private static int whole(Map<String, Object> m, String key) {
    return ((Number) m.get(key)).intValue();
  }

  private static Head.Kind head(String name) {
    for (Head.Kind k : Head.Kind.values()) {
      if (k.name().equalsIgnoreCase(name)) {
        return k;
      }
    }
    throw PmfException.usage("unknown head '" + name + "'; known: averaged, joint");
  }

  private static void atLeast(String key, int value, int least) {
    if (value < least) {
      throw PmfException.usage(key + " must be at least " + least + ", got " + value);
    }
  }
}
