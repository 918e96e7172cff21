package org.pmf4j.modalities.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.pmf4j.api.encoder.EncoderConfig;

/**
 * What {@code SiglipTokenizer} does to a text before its model sees it (canonicalize_text of
 * transformers): no capitals, no punctuation of ASCII, single spaces, none around. As steps of
 * tokenizer.json, which change nothing where its own normalizer does the same.
 */
final class CanonicalText {
  private CanonicalText() {}

  /**
   * The steps, first to last.
   *
   * @param settings tokenizer_config.json, whose {@code do_lower_case} is true where it is not said
   */
  static ArrayNode steps(EncoderConfig settings) {
    ArrayNode steps = JsonNodeFactory.instance.arrayNode();
    if (settings.flag("do_lower_case", true)) {
      steps.add(step("Lowercase"));
    }
    steps.add(replaced("[!-/:-@\\[-`{-~]", ""));
    steps.add(replaced("\\s+", " "));
    steps.add(step("Strip").put("strip_left", true).put("strip_right", true));
    return steps;
  }

  private static ObjectNode replaced(String expression, String by) {
    ObjectNode step = step("Replace").put("content", by);
    step.putObject("pattern").put("Regex", expression);
    return step;
  }

  private static ObjectNode step(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }
}
