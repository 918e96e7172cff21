package org.pmf4j.modalities.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.modalities.directory.EncoderDirectory;

/**
 * A directory's tokenizer in the format of the tokenizers library, as transformers would use it:
 * without the truncation and padding that were saved with it, and, for BERT's own tokenizer
 * classes, with the text cleaning of tokenizer_config.json, which they put before that of
 * tokenizer.json.
 *
 * @param source the file it came from, for messages
 * @param settings tokenizer_config.json, empty where there is none
 * @param json the whole tokenizer.json
 */
record TokenizerFile(String source, EncoderConfig settings, ObjectNode json) {
  static final String NAME = "tokenizer.json";
  static final String SETTINGS = "tokenizer_config.json";

  static TokenizerFile read(EncoderDirectory directory) {
    Optional<EncoderConfig> found = directory.find(SETTINGS);
    EncoderConfig settings =
        found.orElseGet(() -> new EncoderConfig(directory.file(SETTINGS).toString(), Map.of()));
    if (directory.has(NAME)) {
      ObjectNode json = directory.object(NAME);
      json.putNull("truncation");
      json.putNull("padding");
      if (settings.text("tokenizer_class", "BertTokenizer").startsWith("BertTokenizer")) {
        clean(json, WordPiece.Cleaning.of(settings));
      }
      return new TokenizerFile(directory.file(NAME).toString(), settings, json);
    }
    if (directory.has(VocabularyFile.NAME)) {
      ObjectNode json = VocabularyFile.read(directory, found).toJson();
      return new TokenizerFile(directory.file(VocabularyFile.NAME).toString(), settings, json);
    }
    throw PmfException.input(
        directory.path()
            + ": there is neither tokenizer.json nor vocab.txt; save the encoder's tokenizer there");
  }

  private static void clean(ObjectNode json, WordPiece.Cleaning cleaning) {
    if (json.get("normalizer") instanceof ObjectNode normalizer
        && normalizer.path("type").asText().equals("BertNormalizer")) {
      JsonNode cleanText = normalizer.get("clean_text");
      normalizer.setAll(cleaning.toJson());
      normalizer.set("clean_text", cleanText);
    }
  }

  /** The largest id that this tokenizer can give. */
  int largestId() {
    int largest = -1;
    JsonNode vocabulary = json.path("model").path("vocab");
    if (vocabulary.isArray()) {
      largest = vocabulary.size() - 1;
    } else {
      for (JsonNode id : vocabulary) {
        largest = Math.max(largest, id.asInt());
      }
    }
    for (JsonNode added : json.path("added_tokens")) {
      largest = Math.max(largest, added.path("id").asInt());
    }
    if (largest < 0) {
      throw PmfException.input(source + ": the tokenizer has no vocabulary");
    }
    return largest;
  }

  /** The id of a token, if it has one. */
  Optional<Integer> id(String token) {
    for (JsonNode added : json.path("added_tokens")) {
      if (added.path("content").asText().equals(token)) {
        return Optional.of(added.path("id").asInt());
      }
    }
    JsonNode id = json.path("model").path("vocab").path(token);
    return id.isInt() ? Optional.of(id.asInt()) : Optional.empty();
  }

  /** The ids of the special tokens, in order. */
  List<Integer> specialIds() {
    List<Integer> ids = new ArrayList<>();
    for (JsonNode added : json.path("added_tokens")) {
      if (added.path("special").asBoolean()) {
        ids.add(added.path("id").asInt());
      }
    }
    return ids.stream().sorted().toList();
  }
}
