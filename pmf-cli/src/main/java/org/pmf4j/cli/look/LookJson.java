package org.pmf4j.cli.look;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pmf4j.core.look.Look;
import org.pmf4j.core.look.Numbers;
import org.pmf4j.core.split.Part;

/** A look for programs. */
final class LookJson {
  /** Marks of direction and the like in cells must not reach a terminal. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private LookJson() {}

  static String of(Look look, List<String> advice) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("tables", look.tables());
    all.put("rows", look.rows());
    all.put("parts", named(look.parts()));
    all.put("columns", look.columns().stream().map(LookJson::column).toList());
    look.labels().ifPresent(labels -> all.put("labels", labels(labels)));
    all.put("repeats", look.repeats().stream().map(LookJson::repeats).toList());
    all.put("faults", look.faults());
    look.end().ifPresent(end -> all.put("not_read_to_its_end", end));
    all.put("next", advice);
    try {
      return JSON.writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> column(Look.Column column) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", column.name());
    all.put("holds", column.role().kind().toString());
    column.role().modality().ifPresent(m -> all.put("modality", m));
    all.put("because", column.role().reason());
    all.put("missing", column.missing());
    column.different().ifPresent(n -> all.put("different", n));
    all.put("frequent", column.frequent());
    all.put("numbers", column.numbers().stream().map(LookJson::numbers).toList());
    return all;
  }

  private static Map<String, Object> numbers(Numbers n) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (!n.name().isEmpty()) {
      all.put("measure", n.name());
      all.put("unit", n.unit());
    }
    all.put("count", n.count());
    all.put("min", n.min());
    all.put("median", n.median());
    all.put("max", n.max());
    all.put("mean", n.mean());
    all.put("deviation", n.deviation());
    all.put("median_estimated", n.estimated());
    return all;
  }

  private static Map<String, Object> labels(Look.Labels labels) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("column", labels.column());
    all.put("task", labels.task());
    all.put("because", labels.reason());
    all.put("missing", labels.missing());
    all.put("different", labels.different());
    all.put("all_counted", labels.all());
    all.put("in_one_row", labels.once());
    labels.numbers().ifPresent(n -> all.put("numbers", numbers(n)));
    all.put(
        "classes",
        labels.classes().stream()
            .map(c -> Map.of("label", c.label(), "rows", c.all(), "parts", named(c.rows())))
            .toList());
    return all;
  }

  private static Map<String, Object> repeats(Look.Repeats r) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("subject", r.subject());
    all.put("rows", r.rows());
    all.put("within", named(r.within()));
    all.put("between", r.between());
    all.put("with_another_label", r.otherLabel());
    all.put("compared", r.compared());
    all.put(
        "first",
        r.first().stream()
            .map(p -> Map.of("row", p.row().place(), "same_as", p.sameAs()))
            .toList());
    return all;
  }

  private static Map<String, Long> named(Map<Part, Long> parts) {
    return parts.entrySet().stream()
        .collect(
            Collectors.toMap(
                e -> e.getKey().toString(), Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }
}
