package org.pmf4j.modalities.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.error.Quoted;
import org.pmf4j.modalities.directory.KeyList;
import org.pmf4j.modalities.directory.SettingsFiles;

/**
 * What the files of sentence-transformers say of texts. Immutable.
 *
 * @param directory the encoder's
 */
record SentenceSettings(SettingsFiles directory) {
  static final String MAX_LENGTH = "max_seq_length";
  private static final String LOWER_CASE = "do_lower_case";
  private static final String DEFAULT_PROMPT = "default_prompt_name";
  private static final String PROMPTS = "prompts";
  private static final String MODEL = "config_sentence_transformers.json";

  /** In the order in which the library looks for them; the first that says something counts. */
  private static final List<String> TRANSFORMER =
      List.of(
          "sentence_bert_config.json",
          "sentence_roberta_config.json",
          "sentence_distilbert_config.json",
          "sentence_camembert_config.json",
          "sentence_albert_config.json",
          "sentence_xlm-roberta_config.json",
          "sentence_xlnet_config.json");

  /** True if sentence-transformers saved the encoder. */
  boolean isThere() {
    return transformer().isPresent();
  }

  /** The settings of the encoder's module, where they have a key. */
  Optional<EncoderConfig> stating(String key) {
    return transformer().filter(settings -> settings.has(key));
  }

  /** True if capitals go before a text is cut into tokens, whatever the tokenizer does. */
  boolean lowerCase() {
    return stating(LOWER_CASE).map(settings -> settings.flag(LOWER_CASE, false)).orElse(false);
  }

  private Optional<EncoderConfig> transformer() {
    for (String name : TRANSFORMER) {
      Optional<EncoderConfig> found = directory.find(name).filter(c -> !c.values().isEmpty());
      if (found.isPresent()) {
        KeyList.of("sentence_bert_config").check(found.get());
        return found;
      }
    }
    return Optional.empty();
  }

  /**
   * The prompt that is set before texts where none is named.
   *
   * @return empty if there is none
   * @throws PmfException if the file names a prompt that it does not have
   */
  String statedPrompt() {
    Optional<EncoderConfig> model = directory.find(MODEL);
    String name = model.map(m -> m.text(DEFAULT_PROMPT, "")).orElse("");
    if (name.isEmpty()) {
      return "";
    }
    Map<String, String> prompts = prompts(model.get());
    if (!prompts.containsKey(name)) {
      throw model.get().wrong(DEFAULT_PROMPT, "the name of one of its prompts", name);
    }
    return prompts.get(name);
  }

  /**
   * The prompt of a name.
   *
   * @throws PmfException if there is none, naming those that there are
   */
  String prompt(String name) {
    Map<String, String> prompts = directory.find(MODEL).map(this::prompts).orElse(Map.of());
    if (!prompts.containsKey(name)) {
      throw PmfException.usage(
          String.format(
              Locale.ROOT,
              "%s: there is no prompt %s; %s",
              directory.file(MODEL),
              Quote.value(name),
              prompts.isEmpty()
                  ? "there is none at all"
                  : "there are: " + Quoted.of(String.join(", ", prompts.keySet()))));
    }
    return prompts.get(name);
  }

  private Map<String, String> prompts(EncoderConfig model) {
    Map<String, String> all = new LinkedHashMap<>();
    model
        .object(PROMPTS)
        .ifPresent(
            prompts -> prompts.values().keySet().forEach(k -> all.put(k, prompts.text(k, ""))));
    return all;
  }
}
