package org.pmf4j.core.model;

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
import org.pmf4j.api.json.Surrogates;
import org.pmf4j.core.file.Shown;

/**
 * The keys of a JSON object, each of the kind that it must be; what is not says so by its name.
 *
 * @param file for messages
 * @param place what the keys stand in, such as {@code encoders[0].}
 * @param object the object, as {@link org.pmf4j.api.json.JavaValues} makes it
 */
record ConfigKeys(Path file, String place, Map<?, ?> object) {
  private static final int KNOWN = 12;

  /** What stands under a key that is not there. */
  private static final Object MISSING = new Object();

  /** Refuses keys that nothing is known of. */
  void requireOnly(List<String> known) {
    for (Object key : object.keySet()) {
      if (!known.contains(key)) {
        throw wrong(
            "unknown key " + Shown.quoted(place + key) + "; a newer version may have made it");
      }
    }
  }

  /** A text that is not blank. */
  String text(String key) {
    if (at(key) instanceof String text && !text.isBlank() && Surrogates.arePaired(text)) {
      return text;
    }
    throw wrong(key, at(key), "a text");
  }

  /** A path, which is blank where it leads nowhere else. */
  String path(String key) {
    if (at(key) instanceof String path && Surrogates.arePaired(path)) {
      return path;
    }
    throw wrong(key, at(key), "a path");
  }

  /** One of some texts. */
  String oneOf(String key, List<String> choices) {
    if (at(key) instanceof String text && choices.contains(text)) {
      return text;
    }
    throw wrong(key, at(key), "one of " + String.join(", ", shortened(choices)));
  }

  private static List<String> shortened(List<String> choices) {
    return List.copyOf(new TreeSet<>(choices)).subList(0, Math.min(KNOWN, choices.size()));
  }

  /** A whole number from 0 on. */
  long count(String key) {
    Object value = at(key);
    boolean whole = value instanceof Integer || value instanceof Long;
    if (whole && value instanceof Number n && n.longValue() >= 0) {
      return n.longValue();
    }
    throw wrong(key, value, "a whole number from 0 on");
  }

  /** A number that is one, and that {@code good} holds for. */
  double number(String key, Predicate<Double> good, String expected) {
    if (at(key) instanceof Number n && good.test(n.doubleValue())) {
      return n.doubleValue();
    }
    throw wrong(key, at(key), expected);
  }

  /** Texts, one or more, each once. */
  List<String> texts(String key) {
    Set<String> texts = new LinkedHashSet<>();
    for (Object each : array(key)) {
      if (!(each instanceof String text) || !Surrogates.arePaired(text)) {
        throw wrong(key + "[" + texts.size() + "]", each, "a text");
      }
      if (!texts.add(text)) {
        throw wrong("key " + Shown.quoted(place + key) + " has " + told(each) + " twice");
      }
    }
    return List.copyOf(texts);
  }

  /** Objects, one or more. */
  List<ConfigKeys> objects(String key) {
    List<ConfigKeys> all = new ArrayList<>();
    for (Object each : array(key)) {
      String at = key + "[" + all.size() + "]";
      if (!(each instanceof Map<?, ?> object)) {
        throw wrong(at, each, "an object");
      }
      all.add(new ConfigKeys(file, place + at + ".", object));
    }
    return all;
  }

  private List<?> array(String key) {
    if (at(key) instanceof List<?> list && !list.isEmpty()) {
      return list;
    }
    throw wrong(key, at(key), "a list with something in it");
  }

  /** An object. */
  ConfigKeys object(String key) {
    if (at(key) instanceof Map<?, ?> inner) {
      return new ConfigKeys(file, place + key + ".", inner);
    }
    throw wrong(key, at(key), "an object");
  }

  /** True for a key that is missing or null. */
  boolean lacks(String key) {
    return object.get(key) == null;
  }

  /** Settings by name: finite numbers, texts, true and false. */
  Map<String, Object> settings() {
    Map<String, Object> all = new LinkedHashMap<>();
    object.forEach(
        (name, value) -> {
          String key = (String) name;
          if (!isSetting(value)) {
            throw wrong(key, value, "a finite number, a text, true or false");
          }
          all.put(key, value);
        });
    return all;
  }

  private static boolean isSetting(Object value) {
    return value instanceof Boolean
        || value instanceof Number n && Double.isFinite(n.doubleValue())
        || value instanceof String text && Surrogates.arePaired(text);
  }

  private Object at(String key) {
    return object.containsKey(key) ? object.get(key) : MISSING;
  }

  private PmfException wrong(String key, Object value, String expected) {
    return wrong("key " + Shown.quoted(place + key) + " is " + told(value) + ", not " + expected);
  }

  private PmfException wrong(String what) {
    return PmfException.input(file + ": " + what);
  }

  private static String told(Object value) {
    if (value == MISSING) {
      return "missing";
    }
    if (value instanceof String text) {
      return Shown.quoted(text) + (Surrogates.arePaired(text) ? "" : ", with half a character");
    }
    if (value instanceof List<?>) {
      return "a list";
    }
    return value instanceof Map<?, ?> ? "an object" : String.valueOf(value);
  }
}
