package org.pmf4j.modalities.text.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.json.Surrogates;

/**
 * A part of a tokenizer.json, read strictly.
 *
 * @param source the file, for messages
 * @param place where in the file, such as {@code pre_tokenizer.pretokenizers[1]}; empty at the top
 * @param node what stands there
 */
record Section(String source, String place, JsonNode node) {

  /** The whole file. */
  static Section of(String source, JsonNode node) {
    return new Section(source, "", node);
  }

  /** Its {@code type}. */
  String type() {
    return text("type");
  }

  /** Refuses keys that nothing here would act on. */
  Section only(String... keys) {
    Set<String> known = Set.of(keys);
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                throw refused("has the key " + Quoted.of(key) + ", which is not known here");
              }
            });
    return this;
  }

  /** A part that may be absent or null. */
  Optional<Section> find(String key) {
    JsonNode child = node.path(key);
    return child.isMissingNode() || child.isNull() ? Optional.empty() : Optional.of(at(key));
  }

  /** An object that must be there. */
  Section object(String key) {
    Section child = at(key);
    if (!child.node.isObject()) {
      throw wrong(key, "an object");
    }
    return child;
  }

  /** The elements of a list that must be there. */
  List<Section> list(String key) {
    JsonNode child = node.path(key);
    if (!child.isArray()) {
      throw wrong(key, "a list");
    }
    List<Section> elements = new ArrayList<>(child.size());
    for (int i = 0; i < child.size(); i++) {
      elements.add(new Section(source, path(key) + "[" + i + "]", child.get(i)));
    }
    return elements;
  }

  /** A string that must be there. */
  String text(String key) {
    JsonNode child = node.path(key);
    if (!child.isTextual()) {
      throw wrong(key, "a string");
    }
    return whole(key, child.textValue());
  }

  /** A string, or {@code otherwise} where it is absent or null. */
  String text(String key, String otherwise) {
    return find(key).isPresent() ? text(key) : otherwise;
  }

  /** A string of one character. */
  int character(String key) {
    String text = text(key);
    if (text.codePointCount(0, text.length()) != 1) {
      throw wrong(key, "one character");
    }
    return text.codePointAt(0);
  }

  /** A boolean that must be there. */
  boolean flag(String key) {
    JsonNode child = node.path(key);
    if (!child.isBoolean()) {
      throw wrong(key, "true or false");
    }
    return child.booleanValue();
  }

  /** A boolean, or {@code otherwise} where it is absent or null. */
  boolean flag(String key, boolean otherwise) {
    return find(key).isPresent() ? flag(key) : otherwise;
  }

  /** A whole number from 0 on. */
  int count(String key) {
    return number(key, node.path(key));
  }

  /** A whole number from 0 on, or {@code otherwise} where it is absent or null. */
  int count(String key, int otherwise) {
    return find(key).isPresent() ? count(key) : otherwise;
  }

  /** A whole number from 0 to the largest int. */
  int number(String key, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      throw wrong(key, "a whole number from 0 to 2147483647", value);
    }
    return value.intValue();
  }

  /** A text without halves of characters, which no tokenizer has. */
  String whole(String key, String text) {
    if (!Surrogates.arePaired(text)) {
      throw wrong(key, "text without halves of characters");
    }
    return text;
  }

  /** A complaint about one key. */
  PmfException wrong(String key, String expected) {
    return wrong(key, expected, node.path(key));
  }

  private PmfException wrong(String key, String expected, JsonNode found) {
    String text = found.isTextual() ? found.textValue() : found.toString();
    String what = found.isMissingNode() ? "nothing" : Quoted.of(text);
    return PmfException.input(
        source + ": " + path(key) + " must be " + expected + ", found " + what);
  }

  /** A complaint about this part. */
  PmfException refused(String what) {
    return refused(what, null);
  }

  /** A complaint about this part, for something that was caught. */
  PmfException refused(String what, Throwable cause) {
    return PmfException.input(
        source + ": " + (place.isEmpty() ? "the tokenizer" : place) + " " + what, cause);
  }

  private Section at(String key) {
    return new Section(source, path(key), node.path(key));
  }

  private String path(String key) {
    return place.isEmpty() ? key : place + "." + key;
  }
}
