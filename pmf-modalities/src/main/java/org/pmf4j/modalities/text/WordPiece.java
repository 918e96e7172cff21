package org.pmf4j.modalities.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.encoder.EncoderConfig;

/**
 * BERT's tokenizer as a {@code tokenizer.json}: what transformers makes of a {@code vocab.txt} and
 * a {@code tokenizer_config.json}.
 *
 * @param vocabulary ids by token, in any order
 * @param special the special tokens' spelling
 * @param cleaning what happens to the text before it is cut
 */
record WordPiece(Map<String, Integer> vocabulary, Special special, Cleaning cleaning) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The special tokens' spelling. */
  record Special(String pad, String unknown, String cls, String separator, String mask) {
    /** As BERT spells them. */
    static final Special BERT = new Special("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    /** All of them, in the order of their ids in a new vocabulary. */
    List<String> all() {
      return List.of(pad, unknown, cls, separator, mask);
    }
  }

  /**
   * What happens to the text before it is cut.
   *
   * @param lowerCase whether it becomes lower case
   * @param stripAccents whether accents go; null means as lowerCase
   * @param splitChinese whether each Chinese character is a word
   */
  record Cleaning(boolean lowerCase, Boolean stripAccents, boolean splitChinese) {
    /** The defaults of transformers. */
    static final Cleaning DEFAULT = new Cleaning(true, null, true);

    /** As a tokenizer_config.json says. */
    static Cleaning of(EncoderConfig config) {
      Boolean strip =
          config.has("strip_accents") ? (Boolean) config.flag("strip_accents", false) : null;
      return new Cleaning(
          config.flag("do_lower_case", true), strip, config.flag("tokenize_chinese_chars", true));
    }

    ObjectNode toJson() {
      ObjectNode node = JSON.objectNode();
      node.put("type", "BertNormalizer");
      node.put("clean_text", true);
      node.put("handle_chinese_chars", splitChinese);
      node.put("strip_accents", stripAccents);
      node.put("lowercase", lowerCase);
      return node;
    }
  }

  /** The whole tokenizer.json. */
  ObjectNode toJson() {
    ObjectNode root = JSON.objectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    root.set("added_tokens", addedTokens());
    root.set("normalizer", cleaning.toJson());
    root.set("pre_tokenizer", JSON.objectNode().put("type", "BertPreTokenizer"));
    root.set("post_processor", template());
    root.set(
        "decoder",
        JSON.objectNode().put("type", "WordPiece").put("prefix", "##").put("cleanup", true));
    root.set("model", model());
    return root;
  }

  private ArrayNode addedTokens() {
    Map<Integer, String> byId = new java.util.TreeMap<>();
    special.all().forEach(token -> byId.put(vocabulary.get(token), token));
    ArrayNode added = JSON.arrayNode();
    byId.forEach(
        (id, token) -> {
          ObjectNode node = JSON.objectNode().put("id", id).put("content", token);
          List.of("single_word", "lstrip", "rstrip", "normalized")
              .forEach(flag -> node.put(flag, false));
          // MPNet's mask takes the space before it along.
          node.put("lstrip", token.equals("<mask>"));
          added.add(node.put("special", true));
        });
    return added;
  }

  private ObjectNode template() {
    ObjectNode node = JSON.objectNode().put("type", "TemplateProcessing");
    ArrayNode single = JSON.arrayNode();
    single.add(piece("SpecialToken", special.cls(), 0));
    single.add(piece("Sequence", "A", 0));
    single.add(piece("SpecialToken", special.separator(), 0));
    node.set("single", single);
    ArrayNode pair = single.deepCopy();
    pair.add(piece("Sequence", "B", 1));
    pair.add(piece("SpecialToken", special.separator(), 1));
    node.set("pair", pair);
    ObjectNode tokens = JSON.objectNode();
    for (String token : List.of(special.cls(), special.separator())) {
      ObjectNode entry = JSON.objectNode().put("id", token);
      entry.set("ids", JSON.arrayNode().add(vocabulary.get(token)));
      entry.set("tokens", JSON.arrayNode().add(token));
      tokens.set(token, entry);
    }
    node.set("special_tokens", tokens);
    return node;
  }

  private static ObjectNode piece(String kind, String id, int type) {
    ObjectNode node = JSON.objectNode();
    node.set(kind, JSON.objectNode().put("id", id).put("type_id", type));
    return node;
  }

  private ObjectNode model() {
    ObjectNode model = JSON.objectNode();
    model.put("type", "WordPiece");
    model.put("unk_token", special.unknown());
    model.put("continuing_subword_prefix", "##");
    model.put("max_input_chars_per_word", 100);
    ObjectNode ids = JSON.objectNode();
    Map<String, Integer> ordered = new LinkedHashMap<>();
    vocabulary.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(e -> ordered.put(e.getKey(), e.getValue()));
    ordered.forEach(ids::put);
    model.set("vocab", ids);
    return model;
  }
}
