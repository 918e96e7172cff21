package org.pmf4j.core.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.error.PmfException;

/**
 * Settings by name: defaults say which there are and of what kind. Has no state: any thread may
 * call it.
 */
public final class Settings {
  private Settings() {}

  /**
   * Defaults with some of them changed.
   *
   * @param defaults all settings
   * @param changes other values, or their texts
   * @param owner for messages
   * @throws PmfException for an unknown key or a value of the wrong kind
   */
  public static Map<String, Object> complete(
      Map<String, Object> defaults, Map<String, Object> changes, String owner) {
    Map<String, Object> all = new LinkedHashMap<>(defaults);
    changes.forEach(
        (key, value) -> {
          if (!defaults.containsKey(key)) {
            throw PmfException.usage(
                "unknown setting '" + key + "' of " + owner + "; known: " + defaults.keySet());
          }
          all.put(key, convert(key, value, defaults.get(key)));
        });
    return all;
  }

  /** A value as the kind of thing that {@code like} is. */
  static Object convert(String key, Object value, Object like) {
    String text = String.valueOf(value).trim();
    try {
      if (like instanceof Integer) {
        return Integer.valueOf(text);
      }
      if (like instanceof Long) {
        return Long.valueOf(text);
      }
      if (like instanceof Double) {
        return Double.valueOf(text);
      }
    } catch (NumberFormatException e) {
      throw PmfException.usage(key + " must be a number such as " + like + ", got '" + text + "'");
    }
    if (like instanceof Boolean) {
      if (text.equals("true") || text.equals("false")) {
        return Boolean.valueOf(text);
      }
      throw PmfException.usage(key + " must be true or false, got '" + text + "'");
    }
    return text;
  }
}
