package org.pmf4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds values against the words of JSON Schema that the description uses, and no others. */
record SchemaCheck(Map<String, Object> document) {
  private static final Set<String> WORDS =
      Set.of(
          "$ref",
          "type",
          "enum",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "oneOf",
          "anyOf",
          "minimum",
          "maximum",
          "minItems",
          "default",
          "description");

  /** What is wrong with a value; empty if nothing is. */
  String fault(String place, Map<?, ?> schema, Object value) {
    assertThat(WORDS).as(place).containsAll(schema.keySet().stream().map(String::valueOf).toList());
    if (schema.get("$ref") instanceof String ref) {
      return fault(place, resolve(ref), value);
    }
    if (schema.get("oneOf") instanceof List<?> all) {
      long fitting = all.stream().filter(s -> fault(place, (Map<?, ?>) s, value).isEmpty()).count();
      return fitting == 1 ? "" : place + " fits " + fitting + " of the schemas";
    }
    if (schema.get("enum") instanceof List<?> all && !all.contains(value)) {
      return place + " is " + value;
    }
    if (schema.get("type") instanceof String type && !isOf(type, value)) {
      return place + " is no " + type + ": " + value;
    }
    if (value instanceof Number n
        && (schema.get("minimum") instanceof Number least && n.doubleValue() < least.doubleValue()
            || schema.get("maximum") instanceof Number most
                && n.doubleValue() > most.doubleValue())) {
      return place + " is out of range: " + n;
    }
    if (value instanceof List<?> list && schema.get("items") instanceof Map<?, ?> items) {
      return list.stream()
          .map(one -> fault(place + "[]", items, one))
          .filter(f -> !f.isEmpty())
          .findFirst()
          .orElse("");
    }
    return value instanceof Map<?, ?> object ? fault(place, schema, object) : "";
  }

  private String fault(String place, Map<?, ?> schema, Map<?, ?> object) {
    if (schema.get("required") instanceof List<?> all && !object.keySet().containsAll(all)) {
      return place + " lacks some of " + all + ": " + object.keySet();
    }
    Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> known ? known : Map.of();
    for (Map.Entry<?, ?> field : object.entrySet()) {
      String at = place + "." + field.getKey();
      Object own =
          properties.containsKey(field.getKey())
              ? properties.get(field.getKey())
              : schema.get("additionalProperties");
      if (Boolean.FALSE.equals(own)) {
        return at + " is not described";
      }
      String fault = own instanceof Map<?, ?> s ? fault(at, s, field.getValue()) : "";
      if (!fault.isEmpty()) {
        return fault;
      }
    }
    return "";
  }

  private Map<?, ?> resolve(String ref) {
    Object at = document;
    for (String name : ref.substring(2).split("/")) {
      at = ((Map<?, ?>) at).get(name);
    }
    return (Map<?, ?>) at;
  }

  private static boolean isOf(String type, Object value) {
    return switch (type) {
      case "object" -> value instanceof Map;
      case "array" -> value instanceof List;
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "integer" -> value instanceof Integer || value instanceof Long;
      case "number" -> value instanceof Number;
      default -> throw new IllegalArgumentException(type);
    };
  }
}
