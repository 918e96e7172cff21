package org.pmf4j.modalities.text;

import java.util.List;
import java.util.Optional;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;

/**
 * What may be chosen of how a text is prepared. Immutable.
 *
 * @param maxLength the most tokens of a text
 * @param prompt what is set before each text: {@value #STATED}, {@value #NONE}, or the name of a
 *     prompt
 * @param letterCase which capitals go
 */
record TextSettings(MaxLength maxLength, String prompt, LetterCase letterCase) {
  static final String STATED = "stated";
  static final String NONE = "none";

  /** Which capitals go. */
  enum LetterCase {
    /** Those that the files of sentence-transformers or the tokenizer take. */
    STATED,
    /** Those that the tokenizer takes. */
    TOKENIZER
  }

  private static final Setting<String> PROMPT =
      Setting.text(
          "prompt",
          STATED,
          name -> name.isBlank() ? Optional.empty() : Optional.of(name),
          name -> name,
          "stated, none or the name of a prompt",
          "what is set before each text: a prompt of config_sentence_transformers.json by its name,"
              + " none, or stated, its default_prompt_name");

  private static final Setting<LetterCase> LETTER_CASE =
      Setting.choice(
          "letter-case",
          LetterCase.STATED,
          "which capitals go: stated is what sentence_bert_config.json says beside the tokenizer,"
              + " tokenizer what that says alone");

  /** All of them. */
  static final List<Setting<?>> ALL = List.of(MaxLength.SETTING, PROMPT, LETTER_CASE);

  /** Where nothing is chosen. */
  static final TextSettings DEFAULT = of(Settings.defaults("", ALL));

  /** Reads them. */
  static TextSettings of(Settings settings) {
    return new TextSettings(
        settings.get(MaxLength.SETTING), settings.get(PROMPT), settings.get(LETTER_CASE));
  }

  /** The text that is set before each text; empty for none. */
  String prompt(SentenceSettings sentences) {
    return switch (prompt) {
      case STATED -> sentences.statedPrompt();
      case NONE -> "";
      default -> sentences.prompt(prompt);
    };
  }

  /** True if capitals go that the tokenizer would keep. */
  boolean lowerCase(SentenceSettings sentences) {
    return letterCase == LetterCase.STATED && sentences.lowerCase();
  }
}
