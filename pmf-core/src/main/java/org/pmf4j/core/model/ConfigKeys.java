package org.pmf4j.core.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.file.Shown;

/**
 * The keys of a JSON object, each of the kind that it must be; what is not says so by its name.
 *
 * @param file for messages
 * @param place what the keys stand in, such as {@code encoders[0].}
 * @param object the object
 */
record ConfigKeys(Path file, String place, JsonNode object) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KNOWN = 12;

  /** Refuses keys that nothing is known of. */
  void requireOnly(List<String> known) {
    for (Map.Entry<String, JsonNode> e : object.properties()) {
      if (!known.contains(e.getKey())) {
        throw wrong(
            "unknown key "
                + Shown.quoted(place + e.getKey())
                + "; a newer version may have made it");
      }
    }
  }

  /** A text that is not blank. */
  String text(String key) {
    JsonNode value = object.get(key);
    if (value == null || !value.isTextual() || value.textValue().isBlank()) {
      throw wrong(key, value, "a text");
    }
    return value.textValue();
  }

  /** A path, which is blank where it leads nowhere else. */
  String path(String key) {
    JsonNode value = object.get(key);
    if (value == null || !value.isTextual()) {
      throw wrong(key, value, "a path");
    }
    return value.textValue();
  }

  /** One of some texts. */
  String oneOf(String key, List<String> choices) {
    JsonNode value = object.get(key);
    if (value == null || !value.isTextual() || !choices.contains(value.textValue())) {
      throw wrong(key, value, "one of " + String.join(", ", shortened(choices)));
    }
    return value.textValue();
  }

  private static List<String> shortened(List<String> choices) {
    return List.copyOf(new TreeSet<>(choices)).subList(0, Math.min(KNOWN, choices.size()));
  }

  /** A whole number from 0 on. */
  long count(String key) {
    JsonNode value = object.get(key);
    boolean good = value != null && value.isIntegralNumber() && value.canConvertToLong();
    if (!good || value.longValue() < 0) {
      throw wrong(key, value, "a whole number from 0 on");
    }
    return value.longValue();
  }

  /** A number that is one, and that {@code good} holds for. */
  double number(String key, Predicate<Double> good, String expected) {
    JsonNode value = object.get(key);
    if (value == null || !value.isNumber() || !good.test(value.doubleValue())) {
      throw wrong(key, value, expected);
    }
    return value.doubleValue();
  }

  /** Texts, one or more, each once. */
  List<String> texts(String key) {
    Set<String> texts = new LinkedHashSet<>();
    for (JsonNode each : array(key)) {
      if (!each.isTextual()) {
        throw wrong(key + "[" + texts.size() + "]", each, "a text");
      }
      if (!texts.add(each.textValue())) {
        throw wrong("key " + Shown.quoted(place + key) + " has " + told(each) + " twice");
      }
    }
    return List.copyOf(texts);
  }

  /** Objects, one or more. */
  List<ConfigKeys> objects(String key) {
    List<ConfigKeys> all = new ArrayList<>();
    for (JsonNode each : array(key)) {
      String at = key + "[" + all.size() + "]";
      if (!each.isObject()) {
        throw wrong(at, each, "an object");
      }
      all.add(new ConfigKeys(file, place + at + ".", each));
    }
    return all;
  }

  private JsonNode array(String key) {
    JsonNode value = object.get(key);
    if (value == null || !value.isArray() || value.isEmpty()) {
      throw wrong(key, value, "a list with something in it");
    }
    return value;
  }

  /** An object. */
  ConfigKeys object(String key) {
    JsonNode value = object.get(key);
    if (value == null || !value.isObject()) {
      throw wrong(key, value, "an object");
    }
    return new ConfigKeys(file, place + key + ".", value);
  }

  /** True for a key that is missing or null. */
  boolean lacks(String key) {
    return !object.hasNonNull(key);
  }

  /** Settings by name: numbers, texts, true and false. */
  Map<String, Object> settings() {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> e : object.properties()) {
      if (!e.getValue().isValueNode() || e.getValue().isNull()) {
        throw wrong(e.getKey(), e.getValue(), "a number, a text, true or false");
      }
      all.put(e.getKey(), JSON.convertValue(e.getValue(), Object.class));
    }
    return all;
  }

  private PmfException wrong(String key, JsonNode value, String expected) {
    return wrong("key " + Shown.quoted(place + key) + " is " + told(value) + ", not " + expected);
  }

  private PmfException wrong(String what) {
    return PmfException.input(file + ": " + what);
  }

  private static String told(JsonNode value) {
    if (value == null) {
      return "missing";
    }
    if (value.isTextual()) {
      return Shown.quoted(value.textValue());
    }
    return value.isContainerNode()
        ? (value.isArray() ? "a list" : "an object")
        : Shown.plain(value.asText());
  }
}
