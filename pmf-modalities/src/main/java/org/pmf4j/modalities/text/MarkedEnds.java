package org.pmf4j.modalities.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;

/**
 * The tokens around a text of LLaMA's tokenizer, which {@code add_bos_token} and {@code
 * add_eos_token} of tokenizer_config.json decide, not tokenizer.json: one before it unless nothing
 * else is said, and one behind it only where that is said.
 *
 * @param first the token before a text and its id, or null
 * @param last the token behind it, or null
 */
record MarkedEnds(Map.Entry<String, Integer> first, Map.Entry<String, Integer> last) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * Reads the settings.
   *
   * @param json the whole tokenizer.json
   * @param side how special tokens are spelled
   * @throws PmfException if a token that is asked for is not there
   */
  static MarkedEnds of(ObjectNode json, EncoderConfig settings, SideTokens side) {
    return new MarkedEnds(
        settings.flag("add_bos_token", true) ? token(json, settings, side, "bos_token") : null,
        settings.flag("add_eos_token", false) ? token(json, settings, side, "eos_token") : null);
  }

  private static Map.Entry<String, Integer> token(
      ObjectNode json, EncoderConfig settings, SideTokens side, String key) {
    String spelled = side.spelling(key);
    JsonNode id = json.path("model").path("vocab").path(spelled);
    for (JsonNode added : json.path("added_tokens")) {
      id = added.path("content").asText().equals(spelled) ? added.path("id") : id;
    }
    if (spelled.isEmpty() || !id.isInt()) {
      throw PmfException.input(
          settings.source() + ": \"add_" + key + "\" asks for a token that has no id");
    }
    return Map.entry(spelled, id.intValue());
  }

  /** The post-processor of tokenizer.json that does it. */
  ObjectNode toJson() {
    ArrayNode parts = JSON.arrayNode();
    Map<String, Integer> ids = new LinkedHashMap<>();
    if (first != null) {
      parts.add(part("SpecialToken", first.getKey()));
      ids.put(first.getKey(), first.getValue());
    }
    parts.add(part("Sequence", "A"));
    if (last != null) {
      parts.add(part("SpecialToken", last.getKey()));
      ids.put(last.getKey(), last.getValue());
    }
    ObjectNode special = JSON.objectNode();
    ids.forEach(
        (token, id) -> {
          ObjectNode node = JSON.objectNode().put("id", token);
          node.set("ids", JSON.arrayNode().add(id));
          node.set("tokens", JSON.arrayNode().add(token));
          special.set(token, node);
        });
    ObjectNode template = JSON.objectNode().put("type", "TemplateProcessing");
    template.set("single", parts);
    template.set("pair", JSON.arrayNode());
    template.set("special_tokens", special);
    return template;
  }

  private static ObjectNode part(String kind, String id) {
    ObjectNode what = JSON.objectNode().put("id", id).put("type_id", 0);
    return JSON.objectNode().set(kind, what);
  }
}
