package org.pmf4j.modalities.text.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.error.PmfException;

/** Reads a tokenizer.json's {@code model}. */
final class Models {
  private Models() {}

  static Model read(Section section) {
    return switch (type(section)) {
      case "WordPiece" -> WordPiece.read(section);
      case "BPE" -> BytePairs.read(section);
      case "Unigram" -> Unigram.read(section);
      case "WordLevel" -> wordLevel(section);
      default ->
          throw section.refused("has the type " + Quoted.of(type(section)) + ", which is unknown");
    };
  }

  /** Old files do not name it. */
  private static String type(Section section) {
    if (section.find("type").isPresent()) {
      return section.type();
    }
    JsonNode node = section.node();
    if (node.has("merges")) {
      return "BPE";
    }
    if (node.path("vocab").isArray()) {
      return "Unigram";
    }
    return node.has("continuing_subword_prefix") ? "WordPiece" : "WordLevel";
  }

  private static Model wordLevel(Section section) {
    section.only("type", "vocab", "unk_token");
    Map<String, Integer> vocabulary = vocabulary(section);
    String unknown = section.text("unk_token");
    return new Model() {
      @Override
      public void tokenize(String word, Ids out) {
        Integer id = vocabulary.get(word);
        out.add(id == null ? unknown(section, vocabulary, unknown, word) : id);
      }

      @Override
      public Map<String, Integer> vocabulary() {
        return vocabulary;
      }
    };
  }

  /** Its {@code vocab}. */
  static Map<String, Integer> vocabulary(Section section) {
    Section vocab = section.object("vocab");
    Map<String, Integer> ids = new LinkedHashMap<>(2 * vocab.node().size());
    vocab
        .node()
        .properties()
        .forEach(
            token -> {
              String text = vocab.whole(Quoted.of(token.getKey()), token.getKey());
              ids.put(text, vocab.number(Quoted.of(text), token.getValue()));
            });
    return Collections.unmodifiableMap(ids);
  }

  /** The id of the unknown token, for a word that the vocabulary lacks. */
  static int unknown(Section section, Map<String, Integer> vocabulary, String token, String word) {
    Integer id = vocabulary.get(token);
    if (id == null) {
      throw noUnknown(section, word, "its unk_token " + Quoted.of(token) + " neither");
    }
    return id;
  }

  static PmfException noUnknown(Section section, String word, String neither) {
    return section.refused("does not know the word " + Quoted.of(word) + ", and " + neither);
  }
}
