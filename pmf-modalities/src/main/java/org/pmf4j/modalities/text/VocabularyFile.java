package org.pmf4j.modalities.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.modalities.directory.SettingsFiles;

/** The tokenizer of a directory that holds vocab.txt and perhaps tokenizer_config.json alone. */
final class VocabularyFile {
  static final String NAME = "vocab.txt";

  private VocabularyFile() {}

  /**
   * Reads the directory.
   *
   * @param settings its tokenizer_config.json, if there is one
   * @param side how its special tokens are spelled
   */
  static WordPiece read(
      SettingsFiles directory, Optional<EncoderConfig> settings, SideTokens side) {
    Map<String, Integer> vocabulary = vocabulary(directory);
    EncoderConfig config =
        settings.orElseGet(() -> new EncoderConfig(directory.file(NAME).toString(), Map.of()));
    if (!config.flag("do_basic_tokenize", true)) {
      throw config.wrong("do_basic_tokenize", "true, the only way supported", false);
    }
    if (config.values().get("never_split") instanceof List<?> never && !never.isEmpty()) {
      throw config.wrong("never_split", "empty; add a tokenizer.json instead", never);
    }
    WordPiece.Special special =
        new WordPiece.Special(
            spelling(side, "pad_token", "[PAD]"),
            spelling(side, "unk_token", "[UNK]"),
            spelling(side, "cls_token", "[CLS]"),
            spelling(side, "sep_token", "[SEP]"),
            spelling(side, "mask_token", "[MASK]"));
    for (String token : special.all()) {
      if (!vocabulary.containsKey(token)) {
        throw PmfException.input(
            directory.file(NAME) + ": the special token " + token + " has no line");
      }
    }
    return new WordPiece(vocabulary, special, WordPiece.Cleaning.of(config));
  }

  private static String spelling(SideTokens side, String key, String otherwise) {
    String spelled = side.spelling(key);
    return spelled.isEmpty() ? otherwise : spelled;
  }

  /** One token a line, ids from 0; of a token that stands twice the later line counts. */
  private static Map<String, Integer> vocabulary(SettingsFiles directory) {
    byte[] bytes = directory.bytes(NAME);
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw PmfException.input(directory.file(NAME) + ": is not UTF-8 text", e);
    }
    Map<String, Integer> ids = new LinkedHashMap<>();
    String[] lines = text.split("\r\n|\r|\n", -1);
    int count = lines[lines.length - 1].isEmpty() ? lines.length - 1 : lines.length;
    for (int i = 0; i < count; i++) {
      ids.put(lines[i], i);
    }
    return ids;
  }
}
