package org.pmf4j.cli.robustness.mutation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Damage to a tree of JSON, most of which is JSON still: one to three of these at a time. */
public final class Json implements Mutation {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** As they stand in the text. */
  private static final List<String> VALUES =
      List.of(
              "-1 0 1 2 3 7 12 127 255 65536 2147483647 2147483648 4294967296 9007199254740993"
                  + " 9223372036854775807 9223372036854775808 1e9 1e20 1e400 -1e400 1e-400 0.5 -0.0 1.5"
                  + " NaN Infinity -Infinity null true false \"\" \"x\" \"\\u0000\" \"\\ud800\" \"\\n\\r\\t\\u001b[31m\""
                  + " \"../../../etc/passwd\" \"/dev/zero\" \"%s%n\" \"${x}\" \"1\" \"-1\" \"true\" \"NaN\" \"null\" [] {} [[]]"
                  + " [null] {\"a\":1} [1,2,3] [-1] \"\\u202eabc\" \"\u65e5\u672c\" \"\ud83d\ude00\" 01 +1 .5 'x' undefined")
          .stream()
          .flatMap(all -> List.of(all.split(" ")).stream())
          .toList();

  private record Place(JsonNode parent, String key, int index) {
    JsonNode value() {
      return parent instanceof ObjectNode o ? o.get(key) : parent.get(index);
    }

    void set(JsonNode value) {
      if (parent instanceof ObjectNode o) {
        o.set(key, value);
      } else {
        ((ArrayNode) parent).set(index, value);
      }
    }

    void remove() {
      if (parent instanceof ObjectNode o) {
        o.remove(key);
      } else {
        ((ArrayNode) parent).remove(index);
      }
    }
  }

  @Override
  public byte[] apply(byte[] healthy, Random random) {
    JsonNode root = read(healthy);
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      List<Place> places = new ArrayList<>();
      collect(root, places);
      if (places.isEmpty()) {
        break;
      }
      // What stands high up decides more than the thousandth token
      int bound = random.nextBoolean() ? places.size() : Math.min(places.size(), 40);
      change(places.get(random.nextInt(bound)), places, random);
    }
    return written(root).getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode read(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("the healthy file is no JSON", e);
    }
  }

  private static String written(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Breadth first. */
  private static void collect(JsonNode root, List<Place> places) {
    List<JsonNode> level = List.of(root);
    while (!level.isEmpty()) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode node : level) {
        node.fieldNames().forEachRemaining(key -> places.add(new Place(node, key, 0)));
        for (int i = 0; node.isArray() && i < Math.min(node.size(), 200); i++) {
          places.add(new Place(node, null, i));
        }
        node.forEach(next::add);
      }
      level = next;
    }
  }

  private static void change(Place place, List<Place> places, Random random) {
    JsonNode value = place.value();
    switch (random.nextInt(12)) {
      case 0 -> place.remove();
      case 1 -> place.set(Mutation.pick(places, random).value().deepCopy());
      case 2 -> place.set(raw(nested(random)));
      case 3 -> place.set(NODES.textNode(longText(random)));
      case 4 -> renameOrRepeat(place, random);
      case 5 -> place.set(value.isArray() ? shuffled((ArrayNode) value, random) : array(value));
      case 6 -> place.set(value.isNumber() ? raw(near(value, random)) : retyped(value));
      default -> place.set(raw(Mutation.pick(VALUES, random)));
    }
  }

  private static JsonNode raw(String text) {
    return NODES.rawValueNode(new RawValue(text));
  }

  private static ArrayNode array(JsonNode value) {
    return NODES.arrayNode().add(value).add(value.deepCopy());
  }

  private static String nested(Random random) {
    int depth = new int[] {3, 400, 1_001, 100_000}[random.nextInt(4)];
    return random.nextBoolean()
        ? "[".repeat(depth) + "]".repeat(depth)
        : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }

  private static String longText(Random random) {
    String unit = Mutation.pick(List.of("x", "\u00e9\n", "\ud83d\ude00", "a b ", "[MASK]"), random);
    return unit.repeat(new int[] {600, 70_000, 1_000_000}[random.nextInt(3)]);
  }

  private static String near(JsonNode number, Random random) {
    double value = number.doubleValue();
    double changed =
        new double[] {-value, value + 1, value - 1, value * 2, value / 2, value * 1e9}
            [random.nextInt(6)];
    return changed == Math.rint(changed) && random.nextBoolean()
        ? String.format(Locale.ROOT, "%.0f", changed)
        : Double.toString(changed);
  }

  private static JsonNode retyped(JsonNode value) {
    if (value.isTextual()) {
      return NODES.objectNode().set("content", value);
    }
    return NODES.textNode(
        value.isContainerNode() || value.isPojo() ? written(value) : value.asText());
  }

  private static ArrayNode shuffled(ArrayNode array, Random random) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    java.util.Collections.shuffle(all, random);
    return NODES.arrayNode().addAll(all.subList(0, random.nextInt(all.size() + 1)));
  }

  /** Another key for a value, an unknown key beside it, or the same key twice. */
  private static void renameOrRepeat(Place place, Random random) {
    if (!(place.parent instanceof ObjectNode parent)) {
      ((ArrayNode) place.parent).add(place.value().deepCopy());
      return;
    }
    JsonNode value = place.value();
    String key = place.key;
    switch (random.nextInt(4)) {
      case 0 -> {
        parent.remove(key);
        parent.set(key.toUpperCase(Locale.ROOT) + "_x", value);
      }
      case 1 -> parent.set("\u001b[31m" + key + "\n\u202e", value.deepCopy());
      case 2 -> parent.set("an_unknown_key_" + random.nextInt(9), value.deepCopy());
      default -> {
        String twice = written(NODES.textNode(key)) + ":" + written(value);
        parent.set(key, raw(Mutation.pick(VALUES, random) + "," + twice));
      }
    }
  }
}
