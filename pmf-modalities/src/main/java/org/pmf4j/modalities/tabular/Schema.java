package org.pmf4j.modalities.tabular;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.directory.SettingsFiles;

/**
 * The columns that an encoder reads, in order. Immutable, so that any number of threads may share
 * it.
 *
 * @param columns one or more, with different names
 */
record Schema(List<Column> columns) {
  static final String FILE = "preprocessor_config.json";
  private static final String COLUMNS = "columns";
  private static final String TYPE = "feature_extractor_type";
  private static final String OWN_TYPE = "TabularFeatureExtractor";

  Schema {
    columns = List.copyOf(columns);
  }

  /**
   * Reads an encoder's.
   *
   * @throws PmfException naming the file and key that is missing or wrong
   */
  static Schema read(SettingsFiles directory) {
    EncoderConfig file =
        directory.require(FILE, "it says what the columns are; make the encoder by 'pmf pretrain'");
    Set<String> known = Set.of(TYPE, COLUMNS);
    for (String key : file.values().keySet()) {
      if (!known.contains(key)) {
        throw PmfException.input(file.source() + ": unknown key " + Quote.value(key));
      }
    }
    if (!file.text(TYPE, OWN_TYPE).equals(OWN_TYPE)) {
      throw file.wrong(TYPE, OWN_TYPE, file.values().get(TYPE));
    }
    List<Column> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (EncoderConfig json : objects(file)) {
      Column column = Column.read(json);
      if (!names.add(column.name())) {
        throw json.wrong("name", "another one than that of a column before it", column.name());
      }
      columns.add(column);
    }
    return new Schema(columns);
  }

  @SuppressWarnings("unchecked")
  private static List<EncoderConfig> objects(EncoderConfig file) {
    Object value = file.values().get(COLUMNS);
    if (!(value instanceof List<?> list)
        || list.isEmpty()
        || !list.stream().allMatch(Map.class::isInstance)) {
      throw file.wrong(COLUMNS, "a list of objects, one for each column", value);
    }
    List<EncoderConfig> all = new ArrayList<>();
    for (Object json : list) {
      all.add(
          new EncoderConfig(
              file.source() + " " + COLUMNS + "[" + all.size() + "]", (Map<String, Object>) json));
    }
    return all;
  }

  /** Writes it into an encoder's directory. */
  void write(SettingsFiles directory) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(TYPE, OWN_TYPE);
    json.put(COLUMNS, columns.stream().map(Column::toJson).toList());
    directory.write(FILE, json);
  }

  /** How many numbers a row gives. */
  int numbers() {
    return columns.stream().mapToInt(Column::numbers).sum();
  }

  /** How many ids each category of a row has. */
  List<Integer> cardinalities() {
    return columns.stream().flatMap(c -> c.cardinalities().stream()).toList();
  }

  /**
   * The features of a row.
   *
   * @throws PmfException naming the column that is not known, not there, or holds something else
   */
  Features features(Source source) {
    Map<String, String> cells = TableRow.cells(source, columns.stream().map(Column::name).toList());
    Features features = new Features(numbers(), cardinalities().size());
    for (Column column : columns) {
      Optional<String> cell = Optional.of(cells.get(column.name())).filter(c -> !c.isBlank());
      column.read(cell, features);
    }
    return features;
  }
}
