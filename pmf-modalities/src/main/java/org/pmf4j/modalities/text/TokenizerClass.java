package org.pmf4j.modalities.text;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.pmf4j.api.encoder.EncoderConfig;

/**
 * The class that transformers would make of a directory's tokenizer.
 *
 * @param name without "Fast"
 * @param special its special tokens, by key, where no file spells them
 */
record TokenizerClass(String name, Map<String, String> special) {
  private static final Pattern FAST = Pattern.compile("Fast$");

  /**
   * As tokenizer_config.json names it, or as follows from the encoder's {@code model_type}.
   *
   * @param encoder config.json
   */
  static TokenizerClass of(EncoderConfig settings, EncoderConfig encoder) {
    String name =
        settings.has("tokenizer_class")
            ? settings.text("tokenizer_class", "")
            : encoder.text("tokenizer_class", usual(encoder.text("model_type", "bert")));
    String plain = FAST.matcher(name).replaceFirst("");
    return new TokenizerClass(plain, special(plain));
  }

  private static String usual(String modelType) {
    return switch (modelType) {
      case "bert" -> "BertTokenizer";
      case "distilbert" -> "DistilBertTokenizer";
      case "electra" -> "ElectraTokenizer";
      case "mpnet" -> "MPNetTokenizer";
      case "roberta" -> "RobertaTokenizer";
      case "xlm-roberta" -> "XLMRobertaTokenizer";
      default -> "PreTrainedTokenizer";
    };
  }

  /** True if tokenizer_config.json's settings of cleaning go before those of tokenizer.json. */
  boolean cleans() {
    return switch (name) {
      case "BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer", "MPNetTokenizer" -> true;
      default -> false;
    };
  }

  /** True if a mask takes the space before it along. */
  boolean maskTakesSpace() {
    return special.getOrDefault("mask_token", "").equals("<mask>");
  }

  private static Map<String, String> special(String name) {
    return switch (name) {
      case "BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer" ->
          spelled("", "", "[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]");
      case "MPNetTokenizer" -> spelled("<s>", "</s>", "[UNK]", "</s>", "<pad>", "<s>", "<mask>");
      case "RobertaTokenizer", "XLMRobertaTokenizer" ->
          spelled("<s>", "</s>", "<unk>", "</s>", "<pad>", "<s>", "<mask>");
      default -> Map.of();
    };
  }

  private static Map<String, String> spelled(String... tokens) {
    Map<String, String> special = new LinkedHashMap<>();
    for (int i = 0; i < tokens.length; i++) {
      if (!tokens[i].isEmpty()) {
        special.put(SideTokens.KEYS.get(i), tokens[i]);
      }
    }
    return Map.copyOf(special);
  }
}
