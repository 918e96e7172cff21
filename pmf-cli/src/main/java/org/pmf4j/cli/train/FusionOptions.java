package org.pmf4j.cli.train;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What is fused, and how. */
final class FusionOptions {
  private static final String PMF = "pmf";

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description = "fusion method, of those that 'pmf plugins' lists (default: ${DEFAULT-VALUE})")
  private String method = PMF;

  @Option(
      names = "--fusion-layers",
      paramLabel = "N",
      description = "last layers of each encoder that are fused (pmf: 2)")
  private Integer fusionLayers;

  @Option(
      names = "--prompt-length",
      paramLabel = "N",
      description = "vectors in each kind of prompt (pmf: 4)")
  private Integer promptLength;

  @Option(
      names = "--mapping-width",
      paramLabel = "N",
      description = "hidden width of the mappings (pmf: half the wider encoder's)")
  private Integer mappingWidth;

  @Option(names = "--head", paramLabel = "KIND", description = "averaged or joint (pmf: averaged)")
  private String head;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "any other setting of the method, such as prompt-deviation=0.1")
  private Map<String, String> others = new LinkedHashMap<>();

  String method() {
    return method;
  }

  /** The settings that were given, by their names in the method. */
  Map<String, Object> settings() {
    Map<String, Object> m = new LinkedHashMap<>();
    put(m, "fusion-layers", fusionLayers);
    if (method.equals(PMF)) {
      put(m, "query-prompts", promptLength);
      put(m, "query-context-prompts", promptLength);
      put(m, "fusion-context-prompts", promptLength);
    } else {
      put(m, "prompt-length", promptLength);
    }
    put(m, "mapping-width", mappingWidth);
    put(m, "head", head);
    m.putAll(others);
    return m;
  }

  private static void put(Map<String, Object> m, String key, Object value) {
    if (value != null) {
      m.put(key, value);
    }
  }
}
