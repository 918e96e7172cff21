package org.pmf4j.modalities.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.json.JavaValues;
import org.pmf4j.api.json.ValueFactory;

/** Makes trees of JSON that can be changed. Has no state: any thread may call it. */
enum TreeValues implements ValueFactory<JsonNode> {
  INSTANCE;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Override
  public JsonNode text(String text) {
    return NODES.textNode(text);
  }

  /** Of the types that {@link JavaValues} have, as which fingerprints have known trees so far. */
  @Override
  public JsonNode number(String written) {
    Number number = JavaValues.INSTANCE.number(written);
    if (number instanceof Integer i) {
      return NODES.numberNode(i.intValue());
    }
    return number instanceof Long l
        ? NODES.numberNode(l.longValue())
        : NODES.numberNode(number.doubleValue());
  }

  @Override
  public JsonNode flag(boolean value) {
    return NODES.booleanNode(value);
  }

  @Override
  public JsonNode nothing() {
    return NODES.nullNode();
  }

  @Override
  public JsonNode list(List<JsonNode> elements) {
    return new ArrayNode(NODES, elements);
  }

  @Override
  public JsonNode object(Map<String, JsonNode> fields) {
    return new ObjectNode(NODES, fields);
  }
}
