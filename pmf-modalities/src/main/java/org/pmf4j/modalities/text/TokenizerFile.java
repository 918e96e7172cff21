package org.pmf4j.modalities.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.modalities.directory.SettingsFiles;
import org.pmf4j.modalities.text.tokenizer.Tokenizer;

/**
 * A directory's tokenizer, as transformers would use it: with the tokens that the files beside it
 * add, and with those settings of tokenizer_config.json that go before tokenizer.json: the text
 * cleaning of BERT's relatives, the space before the first word, which end a text loses.
 *
 * @param source the file it came from, for messages
 * @param settings tokenizer_config.json, empty where there is none
 * @param side the tokens of the files beside it
 * @param json the whole tokenizer.json
 * @param tokenizer the same, ready for use
 */
record TokenizerFile(
    String source, EncoderConfig settings, SideTokens side, ObjectNode json, Tokenizer tokenizer) {
  static final String NAME = "tokenizer.json";
  static final String SETTINGS = "tokenizer_config.json";
  private static final String NORMALIZER = "normalizer";
  private static final String POINTER = "version https://git-lfs";

  /**
   * Reads the directory.
   *
   * @param encoder its config.json
   */
  static TokenizerFile read(SettingsFiles directory, EncoderConfig encoder) {
    return read(directory, encoder, false);
  }

  /**
   * Reads the directory.
   *
   * @param encoder its config.json
   * @param lowerCase whether capitals go before all else
   */
  static TokenizerFile read(SettingsFiles directory, EncoderConfig encoder, boolean lowerCase) {
    refusePointers(directory);
    Optional<EncoderConfig> found = directory.find(SETTINGS);
    EncoderConfig settings =
        found.orElseGet(() -> new EncoderConfig(directory.file(SETTINGS).toString(), Map.of()));
    TokenizerClass kind = TokenizerClass.of(settings, encoder);
    SideTokens side = SideTokens.read(directory, kind);
    if (directory.has(NAME)) {
      ObjectNode json = directory.object(NAME);
      if (kind.cleans()) {
        clean(json, WordPiece.Cleaning.of(settings));
      }
      prefixSpace(json, settings);
      if (kind.canonicalizes()) {
        first(json, CanonicalText.steps(settings));
      }
      if (kind.marksEnds()) {
        json.set("post_processor", MarkedEnds.of(json, settings, side).toJson());
      }
      return of(directory.file(NAME).toString(), settings, side, json, lowerCase);
    }
    if (kind.canonicalizes()) {
      throw PmfException.input(
          directory.path()
              + ": there is no tokenizer.json; SiglipTokenizer saves spiece.model, which is not read:"
              + " take the tokenizer.json of the published model, or make one of spiece.model");
    }
    if (directory.has(VocabularyFile.NAME)) {
      ObjectNode json = VocabularyFile.read(directory, found, side).toJson();
      return of(directory.file(VocabularyFile.NAME).toString(), settings, side, json, lowerCase);
    }
    if (BytePairFiles.in(directory)) {
      ObjectNode json = BytePairFiles.read(directory, settings, side);
      return of(
          directory.file(BytePairFiles.VOCABULARY).toString(), settings, side, json, lowerCase);
    }
    throw PmfException.input(
        directory.path()
            + ": there is neither tokenizer.json nor vocab.txt nor vocab.json with merges.txt; save"
            + " the encoder's tokenizer there (a fast one, so that tokenizer.json is written)");
  }

  /** What a clone without git-lfs leaves in place of a file. */
  private static void refusePointers(SettingsFiles directory) {
    for (String name :
        new String[] {
          NAME, SETTINGS, VocabularyFile.NAME, BytePairFiles.VOCABULARY, BytePairFiles.MERGES
        }) {
      if (directory.has(name)
          && directory.file(name).toFile().length() < 1024
          && new String(directory.bytes(name), StandardCharsets.UTF_8).startsWith(POINTER)) {
        throw PmfException.input(
            directory.file(name)
                + ": is a pointer of git-lfs, not the file itself; fetch it with git lfs pull");
      }
    }
  }

  private static void clean(ObjectNode json, WordPiece.Cleaning cleaning) {
    if (json.get(NORMALIZER) instanceof ObjectNode normalizer
        && normalizer.path("type").asText().equals("BertNormalizer")) {
      JsonNode cleanText = normalizer.get("clean_text");
      normalizer.setAll(cleaning.toJson());
      normalizer.set("clean_text", cleanText);
    }
  }

  /**
   * Every byte-level tokenizer's setting of a space before the first word goes before that of
   * tokenizer.json.
   */
  private static void prefixSpace(ObjectNode json, EncoderConfig settings) {
    if (json.get("pre_tokenizer") instanceof ObjectNode cutter
        && cutter.path("type").asText().equals("ByteLevel")) {
      cutter.put("add_prefix_space", settings.flag("add_prefix_space", false));
    }
  }

  private static TokenizerFile of(
      String source, EncoderConfig settings, SideTokens side, ObjectNode json, boolean lowerCase) {
    side.addTo(json);
    if (lowerCase) {
      lowerCase(json);
    }
    boolean split = settings.flag("split_special_tokens", false);
    return new TokenizerFile(source, settings, side, json, Tokenizer.read(source, json, split));
  }

  private static void lowerCase(ObjectNode json) {
    ArrayNode steps = JsonNodeFactory.instance.arrayNode();
    first(json, steps.add(JsonNodeFactory.instance.objectNode().put("type", "Lowercase")));
  }

  /** Puts steps before those that tokenizer.json has. */
  private static void first(ObjectNode json, ArrayNode steps) {
    if (json.hasNonNull(NORMALIZER)) {
      steps.add(json.get(NORMALIZER));
    }
    ObjectNode all = JsonNodeFactory.instance.objectNode().put("type", "Sequence");
    json.set(NORMALIZER, all.set("normalizers", steps));
  }

  /** True if a text that is too long loses its beginning. */
  boolean fromLeft() {
    String there = json.path("truncation").path("direction").asText("Right");
    return left("truncation_side", there.equals("Left"));
  }

  /** True if padding stands before a text. */
  boolean padsLeft() {
    return left("padding_side", TokenizerClass.padsLeft(settings.text("tokenizer_class", "")));
  }

  private boolean left(String key, boolean usual) {
    String side = settings.text(key, usual ? "left" : "right");
    return switch (side) {
      case "left" -> true;
      case "right" -> false;
      default -> throw settings.wrong(key, "left or right", side);
    };
  }

  /** The id of the token that fills up shorter texts, if there is one. */
  Optional<Integer> padding() {
    String saved = json.path("padding").path("pad_token").asText("");
    String spelled = side.spelling("pad_token");
    return tokenizer.id(spelled.isEmpty() ? saved : spelled);
  }
}
