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
  private static final String SIGLIP = "SiglipTokenizer";
  private static final String END = "<|endoftext|>";

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
      case "llama", "mistral" -> "LlamaTokenizer";
      case "qwen2", "qwen3" -> "Qwen2Tokenizer";
      case "gpt2" -> "GPT2Tokenizer";
      case "t5" -> "T5Tokenizer";
      case "clip_text_model" -> "CLIPTokenizer";
      case "siglip_text_model" -> SIGLIP;
      case "deberta-v2" -> "DebertaV2Tokenizer";
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

  /** True if texts lose punctuation and capitals before all else, whatever tokenizer.json says. */
  boolean canonicalizes() {
    return name.equals(SIGLIP);
  }

  /** True if a class puts padding before texts where no file says on which side. */
  static boolean padsLeft(String name) {
    return name.startsWith("GemmaTokenizer") || name.startsWith("Siglip2Tokenizer");
  }

  /** True if settings say which of the tokens around a text are there, whatever tokenizer.json. */
  boolean marksEnds() {
    return name.equals("LlamaTokenizer");
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
      case "LlamaTokenizer" -> spelled("<s>", "</s>", "<unk>", "", "", "", "");
      case "Qwen2Tokenizer" -> spelled("", END, END, "", END, "", "");
      case "GPT2Tokenizer" -> spelled(END, END, END, "", "", "", "");
      case "T5Tokenizer" -> spelled("", "</s>", "<unk>", "", "<pad>", "", "");
      case SIGLIP -> spelled("", "</s>", "<unk>", "", "</s>", "", "");
      case "CLIPTokenizer" -> spelled("<|startoftext|>", END, END, "", END, "", "");
      case "DebertaV2Tokenizer" ->
          spelled("[CLS]", "[SEP]", "[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]");
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
