package org.pmf4j.modalities.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.modalities.directory.SettingsFiles;

/**
 * RoBERTa's tokenizer from the files of its slow form, {@code vocab.json} and {@code merges.txt}:
 * byte-level pairs, a text between {@code <s>} and {@code </s>}.
 */
final class BytePairFiles {
  static final String VOCABULARY = "vocab.json";
  static final String MERGES = "merges.txt";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private BytePairFiles() {}

  /** True if both files are there. */
  static boolean in(SettingsFiles directory) {
    return directory.has(VOCABULARY) && directory.has(MERGES);
  }

  /**
   * The whole tokenizer.json.
   *
   * @param settings tokenizer_config.json
   * @param side how its special tokens are spelled
   * @throws PmfException if the files are broken or belong to another kind of tokenizer
   */
  static ObjectNode read(SettingsFiles directory, EncoderConfig settings, SideTokens side) {
    String kind = settings.text("tokenizer_class", "RobertaTokenizer");
    if (!kind.startsWith("RobertaTokenizer")) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: \"tokenizer_class\" is %s: vocab.json and merges.txt are read for RobertaTokenizer alone; save the tokenizer as tokenizer.json",
              settings.source(),
              kind));
    }
    ObjectNode vocabulary = directory.object(VOCABULARY);
    boolean prefix = settings.flag("add_prefix_space", false);
    ObjectNode root = JSON.objectNode().put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    root.set("added_tokens", addedTokens(directory, vocabulary, side));
    root.putNull("normalizer");
    root.set("pre_tokenizer", byteLevel(prefix));
    ObjectNode template = JSON.objectNode().put("type", "RobertaProcessing");
    template.set("sep", special(directory, vocabulary, side, "sep_token", "</s>"));
    template.set("cls", special(directory, vocabulary, side, "cls_token", "<s>"));
    root.set("post_processor", template.put("trim_offsets", true).put("add_prefix_space", prefix));
    root.set("decoder", byteLevel(prefix));
    ObjectNode model = JSON.objectNode().put("type", "BPE");
    model.putNull("dropout").putNull("unk_token");
    model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "");
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    model.set("vocab", vocabulary);
    model.set("merges", merges(directory));
    root.set("model", model);
    return root;
  }

  private static ObjectNode byteLevel(boolean prefix) {
    ObjectNode node = JSON.objectNode().put("type", "ByteLevel");
    return node.put("add_prefix_space", prefix).put("trim_offsets", true).put("use_regex", true);
  }

  /** A special token and its id, as a pair. */
  private static ArrayNode special(
      SettingsFiles directory, ObjectNode vocabulary, SideTokens side, String key, String usual) {
    String spelled = side.spelling(key);
    String token = spelled.isEmpty() ? usual : spelled;
    if (!vocabulary.path(token).isInt()) {
      throw PmfException.input(
          directory.file(VOCABULARY) + ": the special token " + token + " has no id");
    }
    return JSON.arrayNode().add(token).add(vocabulary.get(token).intValue());
  }

  private static ArrayNode addedTokens(
      SettingsFiles directory, ObjectNode vocabulary, SideTokens side) {
    TreeMap<Integer, ObjectNode> byId = new TreeMap<>();
    List<List<String>> tokens =
        List.of(
            List.of("bos_token", "<s>"),
            List.of("eos_token", "</s>"),
            List.of("unk_token", "<unk>"),
            List.of("sep_token", "</s>"),
            List.of("cls_token", "<s>"),
            List.of("pad_token", "<pad>"),
            List.of("mask_token", "<mask>"));
    for (List<String> token : tokens) {
      String key = token.get(0);
      ArrayNode pair = special(directory, vocabulary, side, key, token.get(1));
      int id = pair.get(1).intValue();
      ObjectNode node = JSON.objectNode().put("id", id).put("content", pair.get(0).textValue());
      // A mask takes the space before it along.
      node.put("single_word", false).put("lstrip", key.equals("mask_token")).put("rstrip", false);
      byId.put(id, node.put("normalized", false).put("special", true));
    }
    return JSON.arrayNode().addAll(byId.values());
  }

  /** One pair a line, most frequent first, after a line with the version. */
  private static ArrayNode merges(SettingsFiles directory) {
    ArrayNode merges = JSON.arrayNode();
    String text = new String(directory.bytes(MERGES), StandardCharsets.UTF_8);
    int number = 0;
    for (String line : text.split("\r?\n")) {
      number++;
      if (line.isEmpty() || line.startsWith("#version")) {
        continue;
      }
      String[] pair = line.split(" ");
      if (pair.length != 2) {
        throw PmfException.input(
            String.format(
                Locale.ROOT, "%s: line %d is no pair of tokens", directory.file(MERGES), number));
      }
      merges.add(JSON.arrayNode().add(pair[0]).add(pair[1]));
    }
    return merges;
  }
}
