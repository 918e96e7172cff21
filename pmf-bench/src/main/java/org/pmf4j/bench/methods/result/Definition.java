package org.pmf4j.bench.methods.result;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.pmf4j.bench.json.JsonFile;
import org.pmf4j.bench.methods.plan.Cell;
import org.pmf4j.bench.methods.plan.Variant;
import org.pmf4j.bench.methods.work.InspectTask;
import org.pmf4j.bench.methods.work.Setup;
import org.pmf4j.core.data.TableOptions;

/**
 * All that a cell's figures depend on: two cells of one definition need not be measured twice.
 * Immutable, so that any number of threads may share it.
 *
 * @param common what all cells share: task, data and engine by name, tables by fingerprint
 * @param encoders fingerprints of the variant's encoders by modality
 * @param variant what is trained
 * @param seed of everything random
 */
public record Definition(
    Map<String, String> common, Map<String, String> encoders, Variant variant, long seed) {

  /** The common part. */
  public static Map<String, String> common(Setup setup) {
    Map<String, String> m = new LinkedHashMap<>();
    m.put("data", setup.dataTable().fingerprint());
    m.put("validation", setup.validationTable().fingerprint());
    m.put("test", setup.testTable().fingerprint());
    TableOptions tables = setup.reading().options();
    if (!tables.equals(TableOptions.DEFAULT)) {
      m.put("tables", tables.toString());
    }
    m.put("task", setup.task());
    m.put("precision", setup.precision().name().toLowerCase(Locale.ROOT));
    setup.objective().forEach((name, value) -> m.put(name, String.valueOf(value)));
    setup
        .encoderSettings()
        .forEach((encoder, chosen) -> chosen.forEach((k, v) -> m.put(encoder + "." + k, v)));
    m.put("backend", setup.backend());
    m.put("device", setup.device());
    m.put("threads", Integer.toString(setup.threads()));
    return m;
  }

  /** The definition of a cell. */
  public static Definition of(Map<String, String> common, InspectTask.Subject subject, Cell cell) {
    Map<String, String> encoders = new LinkedHashMap<>();
    cell.variant()
        .encoders()
        .forEach(name -> encoders.put(name, subject.encoders().get(name).sha256()));
    return new Definition(common, encoders, cell.variant(), cell.seed());
  }

  /**
   * What is different in another definition.
   *
   * @return the name of the first setting that differs; null if none does
   */
  public String difference(Definition other) {
    Map<String, String> here = flat();
    Map<String, String> there = other.flat();
    return here.keySet().stream()
        .filter(key -> !Objects.equals(here.get(key), there.get(key)))
        .findFirst()
        .orElseGet(
            () ->
                there.keySet().stream()
                    .filter(key -> !here.containsKey(key))
                    .findFirst()
                    .orElse(null));
  }

  private Map<String, String> flat() {
    Map<String, String> flat = new LinkedHashMap<>(common);
    encoders.forEach((name, sha) -> flat.put("encoder " + name, sha));
    flat.put("method", variant.method());
    flat.put("encoders", JsonFile.line(variant.encoders()));
    flat.put("encoder-learning-rate", String.valueOf(variant.encoderLearningRate()));
    flat.put("cache", Boolean.toString(variant.cached()));
    variant.settings().forEach((key, value) -> flat.put(key, JsonFile.line(value)));
    variant.training().forEach((key, value) -> flat.put(key, JsonFile.line(value)));
    return flat;
  }
}
