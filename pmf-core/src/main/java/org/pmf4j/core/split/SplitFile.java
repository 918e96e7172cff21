package org.pmf4j.core.split;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.InputFile;
import org.pmf4j.api.json.Json;

/**
 * A split as a file: JSON with the table's name and SHA-256, the rule, and of each part the numbers
 * of its rows from 1, such as {@code 1-3,5}. Has no state: any thread may call it.
 */
public final class SplitFile {
  private static final int VERSION = 1;
  private static final long LARGEST = 1L << 30;
  private static final String ADAPTER = "adapter_sha256";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private SplitFile() {}

  /**
   * The text of a file.
   *
   * @param adapter SHA-256 of the adapter that was trained on the split; empty where none is yet
   */
  public static String text(Split split, Optional<String> adapter) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("format_version", VERSION);
    all.put("table", split.table());
    all.put("table_sha256", split.sha256());
    all.put("rows", split.rows());
    if (split.rule() instanceof SplitRule.ByShares shares) {
      all.put("shares", shares.shares().values());
      all.put("seed", shares.seed());
      shares.groupColumn().ifPresent(column -> all.put("group_column", column));
    } else if (split.rule() instanceof SplitRule.ByColumn column) {
      all.put("column", column.column());
    }
    adapter.ifPresent(sha256 -> all.put(ADAPTER, sha256));
    Map<String, String> parts = new LinkedHashMap<>();
    split.parts().forEach((part, rows) -> parts.put(part.toString(), RowNumbers.text(rows)));
    all.put("parts", parts);
    try {
      return JSON.writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws PmfException naming the file, if it is missing or no such file
   */
  public static Split read(Path file) {
    return split(file, object(file));
  }

  /**
   * Reads a file of a model.
   *
   * @param adapter SHA-256 of the model's adapter
   * @return empty if it was written for another adapter
   * @throws PmfException naming the file, if it is missing or no such file
   */
  public static Optional<Split> read(Path file, String adapter) {
    Map<?, ?> object = object(file);
    return adapter.equals(object.get(ADAPTER))
        ? Optional.of(split(file, object))
        : Optional.empty();
  }

  private static Map<?, ?> object(Path file) {
    return Json.object(file.toString(), InputFile.text(file, LARGEST));
  }

  private static Split split(Path file, Map<?, ?> object) {
    if (!Integer.valueOf(VERSION).equals(number(object.get("format_version")))
        || !(object.get("table") instanceof String table)
        || !(object.get("table_sha256") instanceof String sha256)
        || !(object.get("rows") instanceof Number rows)
        || !(object.get("parts") instanceof Map<?, ?> written)) {
      throw broken(file);
    }
    Map<Part, BitSet> parts = new EnumMap<>(Part.class);
    int found = 0;
    for (Map.Entry<?, ?> part : written.entrySet()) {
      Part known = Part.named(String.valueOf(part.getKey())).orElseThrow(() -> broken(file));
      BitSet numbers =
          RowNumbers.parse(String.valueOf(part.getValue()), rows.intValue())
              .orElseThrow(() -> broken(file));
      found += numbers.cardinality();
      parts.put(known, numbers);
    }
    BitSet all = new BitSet();
    parts.values().forEach(all::or);
    if (all.cardinality() != rows.intValue() || found != rows.intValue()) {
      throw broken(file);
    }
    return new Split(table, sha256, rule(file, object), rows.intValue(), parts);
  }

  private static Integer number(Object value) {
    return value instanceof Number n ? n.intValue() : null;
  }

  private static SplitRule rule(Path file, Map<?, ?> object) {
    if (object.get("column") instanceof String column) {
      return new SplitRule.ByColumn(column);
    }
    if (object.get("shares") instanceof List<?> values
        && values.stream().allMatch(Number.class::isInstance)
        && object.get("seed") instanceof Number seed) {
      List<Double> shares = values.stream().map(v -> ((Number) v).doubleValue()).toList();
      Optional<String> group = Optional.ofNullable(object.get("group_column")).map(String::valueOf);
      return new SplitRule.ByShares(new Shares(shares), seed.longValue(), group);
    }
    throw broken(file);
  }

  private static PmfException broken(Path file) {
    return PmfException.input(
        file + ": is no file of a split that this version reads; train anew, or restore it");
  }
}
