package org.pmf4j.bench.methods.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.error.PmfException;

/**
 * Reads entries in full: a list of objects with {@code method} and, where they are wanted, {@code
 * name}, {@code encoders} ({@code all}, {@code each} or a list of names), {@code settings}, {@code
 * training} and {@code cache}. Has no state: any thread may call it.
 */
public final class EntryList {
  private static final Set<String> KEYS =
      Set.of("name", "method", "encoders", "settings", "training", "cache");

  private EntryList() {}

  /**
   * Reads a list.
   *
   * @param list as it was parsed
   * @throws PmfException naming the entry and what is wrong with it
   */
  public static List<Entry> of(JsonNode list) {
    if (!list.isArray() || list.isEmpty()) {
      throw PmfException.usage("variants must be a list of one or more, each with a method");
    }
    List<Entry> entries = new ArrayList<>();
    for (JsonNode node : list) {
      entries.add(entry("variant " + (entries.size() + 1), node));
    }
    return entries;
  }

  private static Entry entry(String where, JsonNode node) {
    if (!node.isObject()) {
      throw PmfException.usage(where + " needs 'key: value' lines, got " + node);
    }
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw PmfException.usage(
                    where
                        + " has the unknown key '"
                        + key
                        + "'; known: name, method, encoders, settings, training, cache");
              }
            });
    if (!node.path("method").isTextual()) {
      throw PmfException.usage(where + " needs a method");
    }
    return new Entry(
        Optional.ofNullable(node.get("name")).map(JsonNode::asText),
        node.get("method").asText(),
        Optional.ofNullable(node.get("encoders")).map(n -> on(where, n)),
        values(where + ", settings", node.path("settings")),
        values(where + ", training", node.path("training")),
        cached(where, node.path("cache")));
  }

  private static Entry.On on(String where, JsonNode node) {
    if (node.isArray() && !node.isEmpty()) {
      List<String> names = new ArrayList<>();
      node.forEach(n -> names.add(n.asText()));
      return new Entry.On.Some(names);
    }
    return switch (node.asText()) {
      case "all" -> new Entry.On.All();
      case "each" -> new Entry.On.Each();
      default ->
          throw PmfException.usage(where + ": encoders must be all, each or a list of names");
    };
  }

  private static Map<String, Object> values(String where, JsonNode node) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (!node.isMissingNode() && !node.isObject()) {
      throw PmfException.usage(where + " needs 'key: value' lines, got " + node);
    }
    node.properties()
        .forEach(
            e -> {
              if (!e.getValue().isValueNode() || e.getValue().isNull()) {
                throw PmfException.usage(where + ": " + e.getKey() + " needs one value");
              }
              values.put(e.getKey(), e.getValue().asText());
            });
    return values;
  }

  private static boolean cached(String where, JsonNode node) {
    if (!node.isMissingNode() && !node.isBoolean()) {
      throw PmfException.usage(where + ": cache must be true or false");
    }
    return node.asBoolean(true);
  }
}
