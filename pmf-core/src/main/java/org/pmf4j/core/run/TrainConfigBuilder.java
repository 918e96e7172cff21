package org.pmf4j.core.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableOptions;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.split.SplitRule;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.hub.EncoderLocation;

/** Fills in a {@link TrainConfig}. For one thread at a time. */
public final class TrainConfigBuilder {
  TableLocation data;
  TableLocation validation;
  SplitRule split;
  boolean splitByRows;
  TableOptions tables = TableOptions.DEFAULT;
  final Map<String, Path> encoders = new LinkedHashMap<>();
  final Set<String> made = new LinkedHashSet<>();
  final Map<String, String> encoderSources = new LinkedHashMap<>();
  final Map<String, Map<String, Object>> encoderSettings = new LinkedHashMap<>();
  Path out;
  String method = "pmf";
  final Map<String, Object> methodSettings = new LinkedHashMap<>();
  String task;
  TrainSettings training = TrainSettings.DEFAULT;
  Set<Setting<?>> open = RunDecisions.DECIDABLE;
  Double encoderLearningRate;
  ObjectiveSettings objective = ObjectiveSettings.DEFAULT;
  MatrixPrecision precision;
  CacheConfig cache = CacheConfig.DEFAULT;
  Path init;
  boolean probes = true;
  TrainConfig.Existing existing = TrainConfig.Existing.REFUSE;

  TrainConfigBuilder() {}

  /** Sets {@link TrainConfig#data()}. */
  public TrainConfigBuilder data(Path table) {
    return data(TableLocation.of(table));
  }

  /** Sets {@link TrainConfig#data()}. */
  public TrainConfigBuilder data(TableLocation table) {
    this.data = table;
    return this;
  }

  /** Sets {@link TrainConfig#validation()}; null for none. */
  public TrainConfigBuilder validation(Path table) {
    return validation(table == null ? null : TableLocation.of(table));
  }

  /** Sets {@link TrainConfig#validation()}; null for none. */
  public TrainConfigBuilder validation(TableLocation table) {
    this.validation = table;
    return this;
  }

  /** Sets {@link TrainConfig#split()}; null for none. */
  public TrainConfigBuilder split(SplitRule rule) {
    this.split = rule;
    return this;
  }

  /**
   * Whether the table is cut as its rows suggest, where neither a split nor a validation table is
   * named: by its column {@code split}, if it has one, else 0.8,0.1,0.1.
   */
  public TrainConfigBuilder splitByRows(boolean wanted) {
    this.splitByRows = wanted;
    return this;
  }

  /** Sets {@link TrainConfig#tables()}. */
  public TrainConfigBuilder tables(TableOptions options) {
    this.tables = options;
    return this;
  }

  /** Chooses which columns are read, such as {@code Columns.DEFAULT.with("image", "photo")}. */
  public TrainConfigBuilder columns(Columns columns) {
    return tables(tables.with(columns));
  }

  /** Adds an encoder; the name is the modality's, and its column's unless another is chosen. */
  public TrainConfigBuilder encoder(String name, Path directory) {
    encoders.put(name, directory);
    return this;
  }

  /**
   * Adds an encoder by a directory or a model of the hub.
   *
   * @param location as {@link EncoderLocation#directory} takes it, such as {@code
   *     hf:google-bert/bert-base-uncased}
   * @throws PmfException if it is a model that the hub's cache has not all of; nothing is fetched
   */
  public TrainConfigBuilder encoder(String name, String location) {
    return encoder(name, EncoderLocation.directory(location));
  }

  /** Sets one of {@link TrainConfig#encoderSources()}. */
  public TrainConfigBuilder encoderSource(String name, String source) {
    encoderSources.put(name, source);
    return this;
  }

  /**
   * Adds an encoder that training makes first, of columns of the training rows, by their labels,
   * and keeps in the model's folder: one of {@link TrainConfig#madeEncoders()}.
   *
   * @param modality one that reads rows, such as {@code tabular}, which is the encoder's name, too
   */
  public TrainConfigBuilder encoder(String modality) {
    made.add(modality);
    return this;
  }

  /**
   * Sets one of {@link TrainConfig#encoderSettings()}.
   *
   * @param encoder its name
   * @param value the value or its text
   */
  public TrainConfigBuilder encoderSetting(String encoder, String setting, Object value) {
    encoderSettings.computeIfAbsent(encoder, e -> new LinkedHashMap<>()).put(setting, value);
    return this;
  }

  /** Sets {@link TrainConfig#out()}. */
  public TrainConfigBuilder out(Path folder) {
    this.out = folder;
    return this;
  }

  /** Sets {@link TrainConfig#method()}. */
  public TrainConfigBuilder method(String name) {
    this.method = name;
    return this;
  }

  /** Sets one of {@link TrainConfig#methodSettings()}. */
  public TrainConfigBuilder setting(String key, Object value) {
    methodSettings.put(key, value);
    return this;
  }

  /** Sets {@link TrainConfig#task()}; null leaves it to the labels, as it is from the start. */
  public TrainConfigBuilder task(String kind) {
    this.task = kind;
    return this;
  }

  /**
   * Sets {@link TrainConfig#training()}. Until then, epochs, patience and metric are left to the
   * rows.
   */
  public TrainConfigBuilder training(TrainSettings settings) {
    return training(settings, Set.of());
  }

  /**
   * Sets {@link TrainConfig#training()}, but for some that are left to the rows.
   *
   * @param open of {@link RunDecisions#DECIDABLE}
   */
  public TrainConfigBuilder training(TrainSettings settings, Set<Setting<?>> open) {
    this.training = settings;
    this.open = Set.copyOf(open);
    return this;
  }

  /**
   * Sets {@link TrainConfig#encoderLearningRate()}.
   *
   * @param rate above 0 and at most 1, or null for the usual one
   */
  public TrainConfigBuilder encoderLearningRate(Double rate) {
    this.encoderLearningRate = rate;
    return this;
  }

  /** Sets {@link TrainConfig#objective()}. */
  public TrainConfigBuilder objective(ObjectiveSettings settings) {
    this.objective = settings;
    return this;
  }

  /**
   * Sets one of {@link TrainConfig#objective()}.
   *
   * @throws PmfException if the value is out of range
   */
  public <T> TrainConfigBuilder objective(Setting<T> setting, T value) {
    this.objective = objective.with(setting, value);
    return this;
  }

  /** Chooses {@link TrainConfig#precision()}; null leaves it open. */
  public TrainConfigBuilder precision(MatrixPrecision type) {
    this.precision = type;
    return this;
  }

  /** Sets {@link TrainConfig#cache()}. */
  public TrainConfigBuilder cache(CacheConfig config) {
    this.cache = config;
    return this;
  }

  /** Sets {@link TrainConfig#init()}. */
  public TrainConfigBuilder init(Path model) {
    this.init = model;
    return this;
  }

  /** Sets {@link TrainConfig#probes()}. */
  public TrainConfigBuilder probes(boolean wanted) {
    this.probes = wanted;
    return this;
  }

  /** Sets {@link TrainConfig#existing()}. */
  public TrainConfigBuilder existing(TrainConfig.Existing choice) {
    this.existing = choice;
    return this;
  }

  /**
   * The configuration.
   *
   * @throws PmfException if data or out are missing, an encoder has a name that cannot be used,
   *     there are settings of one that is not there, a column is named for none, or validation rows
   *     come from two places
   */
  public TrainConfig build() {
    require(data, "data");
    require(out, "out");
    if (split != null && validation != null) {
      throw PmfException.usage(
          "a table that is split has its own validation rows; leave --validation or the split"
              + " out");
    }
    made.removeAll(encoders.keySet());
    Set<String> names = new LinkedHashSet<>(encoders.keySet());
    names.addAll(made);
    names.forEach(EncoderNames::check);
    encoderSettings.keySet().forEach(name -> EncoderNames.require(name, names));
    tables.columns().requireFit(names);
    OpenChoices choices = new OpenChoices(precision, task, training, open);
    return new TrainConfig(this, choices, data, validation, Map.of());
  }

  private static void require(Object value, String what) {
    if (value == null) {
      throw PmfException.usage(what + " is not given");
    }
  }
}
