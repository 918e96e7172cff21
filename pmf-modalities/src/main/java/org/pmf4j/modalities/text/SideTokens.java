package org.pmf4j.modalities.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quoted;
import org.pmf4j.api.json.Surrogates;
import org.pmf4j.modalities.directory.SettingsFiles;

/**
 * The tokens that files beside a vocabulary add to it, in the order in which transformers adds
 * them: {@code added_tokens_decoder} of tokenizer_config.json; where that is not there,
 * added_tokens.json, and special_tokens_map.json goes before tokenizer_config.json; then the
 * special tokens that are still missing.
 */
final class SideTokens {
  /** The keys of single special tokens. */
  static final List<String> KEYS =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  static final String ADDED = "added_tokens.json";
  static final String SPECIAL = "special_tokens_map.json";
  private static final String DECODER = "added_tokens_decoder";
  private static final List<String> LISTS =
      List.of("additional_special_tokens", "extra_special_tokens");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final SettingsFiles directory;
  private final TokenizerClass kind;

  /** tokenizer_config.json with what special_tokens_map.json changes of it. */
  private final ObjectNode settings;

  private final Map<Integer, ObjectNode> decoder = new TreeMap<>();

  private SideTokens(SettingsFiles directory, TokenizerClass kind) {
    this.directory = directory;
    this.kind = kind;
    this.settings = object(TokenizerFile.SETTINGS);
    if (settings.hasNonNull(DECODER)) {
      readDecoder();
    } else {
      ObjectNode special = object(SPECIAL);
      directory
          .find(SPECIAL)
          .ifPresent(map -> map.values().keySet().forEach(k -> override(k, special.get(k))));
      readAdded();
    }
  }

  static SideTokens read(SettingsFiles directory, TokenizerClass kind) {
    return new SideTokens(directory, kind);
  }

  private ObjectNode object(String name) {
    if (!directory.has(name)) {
      return JSON.objectNode();
    }
    ObjectNode object = directory.object(name);
    KEYS.forEach(key -> requireCharacters(name, key, object.path(key)));
    LISTS.forEach(key -> object.path(key).forEach(each -> requireCharacters(name, key, each)));
    object.path(DECODER).forEach(each -> requireCharacters(name, DECODER, each));
    return object;
  }

  /** Of a token, as a text or as an object with its content. */
  private void requireCharacters(String name, String key, JsonNode token) {
    String text = token.isObject() ? token.path("content").asText("") : token.asText("");
    if (!Surrogates.arePaired(text)) {
      throw PmfException.input(
          directory.file(name) + ": \"" + key + "\" has a token with half a character");
    }
  }

  private void readDecoder() {
    String file = directory.file(TokenizerFile.SETTINGS).toString();
    JsonNode tokens = settings.get(DECODER);
    if (!tokens.isObject()) {
      throw PmfException.input(file + ": \"" + DECODER + "\" must be an object");
    }
    tokens
        .properties()
        .forEach(
            entry -> {
              if (!entry.getKey().matches("[0-9]{1,9}") || !entry.getValue().isObject()) {
                throw PmfException.input(
                    file + ": \"" + DECODER + "\" must have tokens under their ids");
              }
              decoder.put(
                  Integer.parseInt(entry.getKey()), token(file, DECODER, entry.getValue(), false));
            });
  }

  private void override(String key, JsonNode value) {
    if (LISTS.contains(key) && value.isArray() && settings.get(key) instanceof ArrayNode before) {
      ArrayNode both = before.deepCopy();
      value.forEach(both::add);
      settings.set(key, both);
    } else {
      settings.set(key, value);
    }
  }

  private void readAdded() {
    Set<String> special = new HashSet<>();
    special().forEach(t -> special.add(t.get("content").textValue()));
    object(ADDED)
        .properties()
        .forEach(
            entry -> {
              if (!entry.getValue().canConvertToInt() || entry.getValue().intValue() < 0) {
                throw PmfException.input(
                    directory.file(ADDED) + ": ids must be whole numbers from 0 on");
              }
              requireCharacters(ADDED, Quoted.of(entry.getKey()), JSON.textNode(entry.getKey()));
              boolean isSpecial = special.contains(entry.getKey());
              decoder.put(
                  entry.getValue().intValue(), token(entry.getKey(), !isSpecial, isSpecial));
            });
  }

  /** How a special token is spelled; empty if no file does, and its class has none. */
  String spelling(String key) {
    JsonNode value = settings.path(key);
    if (value.isTextual()) {
      return value.textValue();
    }
    if (value.isObject()) {
      return value.path("content").asText("");
    }
    return kind.special().getOrDefault(key, "");
  }

  /** Adds to {@code added_tokens} of a tokenizer.json what it lacks. */
  void addTo(ObjectNode json) {
    ArrayNode added =
        json.get("added_tokens") instanceof ArrayNode there ? there : json.putArray("added_tokens");
    List<ObjectNode> special = special();
    Set<String> names = new HashSet<>();
    special.forEach(t -> names.add(t.get("content").textValue()));
    Set<String> present = new HashSet<>();
    Set<ObjectNode> same = new HashSet<>();
    for (JsonNode token : added) {
      if (token instanceof ObjectNode object) {
        present.add(object.path("content").asText());
        ObjectNode bare = object.deepCopy();
        bare.remove("id");
        same.add(bare);
      }
    }
    for (ObjectNode token : decoder.values()) {
      if (!same.contains(token)) {
        ObjectNode copy = token.deepCopy();
        if (names.contains(copy.get("content").textValue())) {
          copy.put("special", true);
        }
        added.add(copy.put("id", 0));
      }
      present.add(token.get("content").textValue());
    }
    for (ObjectNode token : special) {
      String content = token.get("content").textValue();
      if (present.add(content) && (spelledOut(content) || inVocabulary(json, content))) {
        added.add(token.deepCopy().put("id", 0));
      }
    }
  }

  /** A default of the class that the vocabulary lacks is no token here. */
  private boolean spelledOut(String content) {
    return !kind.special().containsValue(content)
        || KEYS.stream().anyMatch(key -> settings.has(key) && spelling(key).equals(content));
  }

  private static boolean inVocabulary(ObjectNode json, String content) {
    JsonNode vocabulary = json.path("model").path("vocab");
    if (vocabulary.isArray()) {
      for (JsonNode entry : vocabulary) {
        if (entry.path(0).asText().equals(content)) {
          return true;
        }
      }
      return false;
    }
    return vocabulary.has(content);
  }

  /** All special tokens, each once. */
  private List<ObjectNode> special() {
    Map<String, ObjectNode> tokens = new LinkedHashMap<>();
    String file = directory.file(TokenizerFile.SETTINGS).toString();
    for (String key : KEYS) {
      JsonNode value = settings.path(key);
      if (value.isObject()) {
        put(tokens, token(file, key, value, true));
      } else if (!value.isNull() && !value.isMissingNode() && !value.isTextual()) {
        throw PmfException.input(file + ": \"" + key + "\" must be a token");
      } else if (!spelling(key).isEmpty() && !settings.path(key).isNull()) {
        ObjectNode token = token(spelling(key), false, true);
        put(tokens, token.put("lstrip", key.equals("mask_token") && kind.maskTakesSpace()));
      }
    }
    for (String key : LISTS) {
      for (JsonNode value : settings.path(key)) {
        if (!value.isTextual() && !value.isObject()) {
          throw PmfException.input(file + ": \"" + key + "\" must have tokens alone");
        }
        put(
            tokens,
            value.isTextual()
                ? token(value.textValue(), false, true)
                : token(file, key, value, true));
      }
    }
    return List.copyOf(tokens.values());
  }

  private static void put(Map<String, ObjectNode> tokens, ObjectNode token) {
    String content = token.get("content").textValue();
    if (!content.isEmpty()) {
      tokens.putIfAbsent(content, token);
    }
  }

  private static ObjectNode token(String content, boolean normalized, boolean special) {
    ObjectNode node = JSON.objectNode().put("content", content).put("single_word", false);
    node.put("lstrip", false).put("rstrip", false);
    return node.put("normalized", normalized).put("special", special);
  }

  /** A token as an object of flags, of which all but the content may be missing. */
  private static ObjectNode token(String file, String key, JsonNode value, boolean special) {
    if (!value.path("content").isTextual()) {
      throw PmfException.input(file + ": \"" + key + "\" has a token without \"content\"");
    }
    boolean isSpecial = special || value.path("special").asBoolean(false);
    ObjectNode node = token(value.get("content").textValue(), !isSpecial, isSpecial);
    List<String> flags = new ArrayList<>(List.of("single_word", "lstrip", "rstrip", "normalized"));
    value
        .properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              if (flags.contains(name) && entry.getValue().isBoolean()) {
                node.put(name, entry.getValue().booleanValue());
              } else if (!List.of("content", "special", "__type").contains(name)) {
                throw PmfException.input(
                    file + ": \"" + key + "\" has a token with a setting that is not known");
              }
            });
    return node;
  }
}
