package org.pmf4j.modalities.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.modalities.directory.EncoderDirectory;
import org.pmf4j.modalities.text.tokenizer.Tokenizer;

/**
 * A directory's tokenizer in the format of the tokenizers library, as transformers would use it:
 * without the truncation and padding that were saved with it, and with those settings of
 * tokenizer_config.json that go before tokenizer.json: the text cleaning of BERT's relatives, the
 * space before the first word.
 *
 * @param source the file it came from, for messages
 * @param settings tokenizer_config.json, empty where there is none
 * @param json the whole tokenizer.json
 */
record TokenizerFile(String source, EncoderConfig settings, ObjectNode json, Tokenizer tokenizer) {
  static final String NAME = "tokenizer.json";
  static final String SETTINGS = "tokenizer_config.json";

  /** Tokenizer classes whose settings go before the normalizer of tokenizer.json. */
  private static final List<String> CLEANING =
      List.of("BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer", "MPNetTokenizer");

  static TokenizerFile read(EncoderDirectory directory) {
    Optional<EncoderConfig> found = directory.find(SETTINGS);
    EncoderConfig settings =
        found.orElseGet(() -> new EncoderConfig(directory.file(SETTINGS).toString(), Map.of()));
    if (directory.has(NAME)) {
      ObjectNode json = directory.object(NAME);
      json.putNull("truncation");
      json.putNull("padding");
      String tokenizer = settings.text("tokenizer_class", "BertTokenizer");
      if (CLEANING.stream().anyMatch(tokenizer::startsWith)) {
        clean(json, WordPiece.Cleaning.of(settings));
      }
      prefixSpace(json, settings);
      return of(directory.file(NAME).toString(), settings, json);
    }
    if (directory.has(VocabularyFile.NAME)) {
      ObjectNode json = VocabularyFile.read(directory, found).toJson();
      return of(directory.file(VocabularyFile.NAME).toString(), settings, json);
    }
    if (BytePairFiles.in(directory)) {
      ObjectNode json = BytePairFiles.read(directory, settings);
      return of(directory.file(BytePairFiles.VOCABULARY).toString(), settings, json);
    }
    throw PmfException.input(
        directory.path()
            + ": there is neither tokenizer.json nor vocab.txt nor vocab.json with merges.txt; save"
            + " the encoder's tokenizer there (a fast one, so that tokenizer.json is written)");
  }

  private static void clean(ObjectNode json, WordPiece.Cleaning cleaning) {
    if (json.get("normalizer") instanceof ObjectNode normalizer
        && normalizer.path("type").asText().equals("BertNormalizer")) {
      JsonNode cleanText = normalizer.get("clean_text");
      normalizer.setAll(cleaning.toJson());
      normalizer.set("clean_text", cleanText);
    }
  }

  /**
   * Every tokenizer's setting of a space before the first word goes before that of tokenizer.json.
   */
  private static void prefixSpace(ObjectNode json, EncoderConfig settings) {
    if (json.get("pre_tokenizer") instanceof ObjectNode cutter && cutter.has("add_prefix_space")) {
      cutter.put("add_prefix_space", settings.flag("add_prefix_space", false));
    }
  }

  private static TokenizerFile of(String source, EncoderConfig settings, ObjectNode json) {
    return new TokenizerFile(source, settings, json, Tokenizer.read(source, json, false));
  }

  /** The largest id that this tokenizer can give. */
  int largestId() {
    int largest = tokenizer.largestId();
    if (largest < 0) {
      throw PmfException.input(source + ": the tokenizer has no vocabulary");
    }
    return largest;
  }

  /** The id of a token, if it has one. */
  Optional<Integer> id(String token) {
    return tokenizer.id(token);
  }

  /** The ids of the special tokens, in order. */
  List<Integer> specialIds() {
    return tokenizer.specialIds();
  }
}
