package org.pmf4j.core.model;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.InputFile;
import org.pmf4j.api.json.Json;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.encoder.MatrixPrecision;

/** Reads {@code adapter_config.json}: every key must be known, be there and be of its kind. */
final class AdapterConfigReader {
  private static final String SETTINGS = "settings";
  private static final String CHECKSUM = "adapter_sha256";
  private static final String COLUMNS = "columns";
  private static final List<String> KEYS =
      List.of(
          "peft_type",
          "format_version",
          "method",
          "fusion",
          "encoders",
          "task",
          "labels",
          "targets",
          COLUMNS,
          "precision",
          "training",
          "trainable_parameters",
          "total_parameters",
          "written_by",
          CHECKSUM);
  private static final List<String> ENCODER_KEYS =
      List.of("name", "model_type", "source", "sha256", "preprocessing", SETTINGS);

  private AdapterConfigReader() {}

  /**
   * A configuration.
   *
   * @param file for messages
   * @param json its bytes, in the dialect of {@link org.pmf4j.api.json}
   * @throws PmfException naming the file, and the line that is not JSON or the key that is not as
   *     it must be
   */
  static AdapterConfig read(Path file, byte[] json) {
    InputFile.refuseStandIn(file, ByteBuffer.wrap(json));
    String text = InputFile.text(file, json);
    ConfigKeys keys = new ConfigKeys(file, "", Json.object(file.toString(), text));
    keys.oneOf("peft_type", List.of(AdapterConfig.PEFT_TYPE));
    long version = keys.count("format_version");
    if (version < AdapterConfig.WITHOUT_CHECKSUM || version > AdapterConfig.FORMAT_VERSION) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: format version %d is unknown to this version, which reads %d to %d; update it",
              file,
              version,
              AdapterConfig.WITHOUT_CHECKSUM,
              AdapterConfig.FORMAT_VERSION));
    }
    boolean checked = version > AdapterConfig.WITHOUT_CHECKSUM;
    keys.requireOnly(checked ? KEYS : KEYS.subList(0, KEYS.size() - 1));
    String task = keys.oneOf("task", Task.KINDS);
    List<String> labels = keys.texts("labels");
    return new AdapterConfig(
        AdapterConfig.PEFT_TYPE,
        (int) version,
        keys.text("method"),
        keys.object("fusion").settings(),
        encoders(keys),
        task,
        labels,
        targets(keys, task),
        columns(keys),
        keys.oneOf("precision", precisions()),
        keys.object("training").settings(),
        keys.count("trainable_parameters"),
        keys.count("total_parameters"),
        keys.text("written_by"),
        checked ? keys.text(CHECKSUM) : null);
  }

  private static List<String> precisions() {
    return Arrays.stream(MatrixPrecision.values())
        .map(p -> p.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static List<AdapterConfig.Base> encoders(ConfigKeys keys) {
    List<AdapterConfig.Base> all = new ArrayList<>();
    for (ConfigKeys k : keys.objects("encoders")) {
      k.requireOnly(ENCODER_KEYS);
      String name = k.text("name");
      if (all.stream().anyMatch(b -> b.name().equals(name))) {
        throw PmfException.input(keys.file() + ": two encoders have the same name");
      }
      all.add(
          new AdapterConfig.Base(
              name,
              k.text("model_type"),
              k.path("source"),
              k.text("sha256"),
              k.text("preprocessing"),
              k.lacks(SETTINGS) ? null : k.object(SETTINGS).settings()));
    }
    return all;
  }

  private static AdapterConfig.ReadColumns columns(ConfigKeys keys) {
    if (keys.lacks(COLUMNS)) {
      return null;
    }
    ConfigKeys columns = keys.object(COLUMNS);
    columns.requireOnly(List.of("encoders", "label"));
    ConfigKeys named = columns.object("encoders");
    Map<String, List<String>> encoders = new LinkedHashMap<>();
    named.object().keySet().forEach(key -> encoders.put((String) key, named.texts((String) key)));
    try {
      Columns read = new Columns(encoders, columns.text("label"));
      read.requireFit(names(keys));
      return AdapterConfig.ReadColumns.of(read);
    } catch (PmfException e) {
      throw PmfException.input(keys.file() + ": key \"" + COLUMNS + "\": " + e.getMessage(), e);
    }
  }

  private static List<String> names(ConfigKeys keys) {
    return encoders(keys).stream().map(AdapterConfig.Base::name).toList();
  }

  private static AdapterConfig.TargetScale targets(ConfigKeys keys, String task) {
    boolean regression = task.equals("regression");
    if (keys.lacks("targets") && !regression) {
      return null;
    }
    ConfigKeys scale = keys.object("targets");
    scale.requireOnly(List.of("mean", "deviation"));
    return new AdapterConfig.TargetScale(
        scale.number("mean", Double::isFinite, "a number"),
        scale.number("deviation", d -> Double.isFinite(d) && d > 0, "a number above 0"));
  }
}
