package org.pmf4j.core.run;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableOptions;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.split.Part;
import org.pmf4j.core.split.Split;
import org.pmf4j.core.split.SplitRule;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.hub.EncoderLocation;

/**
 * What to train, on what, and where to put it. Made by {@link #builder()}. Immutable, so that any
 * number of threads may share it.
 */
public final class TrainConfig {
  /** What runs call it. */
  static final String PRECISION = "precision";

  /** What runs call it. */
  static final String TASK = "task";

  private final Builder b;
  private final OpenChoices chosen;
  private final TableLocation data;
  private final TableLocation validation;

  private TrainConfig(Builder b, OpenChoices chosen, TableLocation data, TableLocation validation) {
    this.b = b;
    this.chosen = chosen;
    this.data = data;
    this.validation = validation;
  }

  /** A configuration to fill in; data, encoders and out must be given. */
  public static Builder builder() {
    return new Builder();
  }

  /** The training table; with a split, the table that is cut. */
  public TableLocation data() {
    return data;
  }

  /** The validation table, which chooses the best epoch. */
  public Optional<TableLocation> validation() {
    return Optional.ofNullable(validation);
  }

  /** How the table is cut into rows to train on, to validate on and to test with. */
  public Optional<SplitRule> split() {
    return Optional.ofNullable(b.split);
  }

  /** True if the table's rows decide whether and how it is cut. */
  boolean isSplitOpen() {
    return b.splitByRows && b.split == null && b.validation == null;
  }

  /** This configuration of rows of the table alone, once it is cut. */
  TrainConfig cut(Split split) {
    TableLocation validated = split.has(Part.VALIDATION) ? split.of(data, Part.VALIDATION) : null;
    return new TrainConfig(b, chosen, split.of(data, Part.TRAIN), validated);
  }

  /** How tables are read. */
  public TableOptions tables() {
    return b.tables;
  }

  /** Encoder directories by modality, in order. */
  public Map<String, Path> encoders() {
    return Collections.unmodifiableMap(b.encoders);
  }

  /** By modality, settings of its encoder that differ from the defaults, by name. */
  public Map<String, Map<String, Object>> encoderSettings() {
    return Collections.unmodifiableMap(b.encoderSettings);
  }

  /** The folder of the model. */
  public Path out() {
    return b.out;
  }

  /** The fusion method. */
  public String method() {
    return b.method;
  }

  /** Settings of the fusion method that differ from its defaults. */
  public Map<String, Object> methodSettings() {
    return Collections.unmodifiableMap(b.methodSettings);
  }

  /**
   * The kind of task: {@code single-label}, {@code multi-label} or {@code regression}; the first
   * where it is left to the labels, and they have not been read.
   */
  public String task() {
    return chosen.task() == null ? Task.SINGLE_LABEL : chosen.task();
  }

  /** Epochs, batches, optimizer; defaults for what is open. */
  public TrainSettings training() {
    return chosen.training();
  }

  /** What of these is open. */
  OpenChoices choices() {
    return chosen;
  }

  /** This configuration with some of that chosen. */
  TrainConfig with(OpenChoices choices) {
    return new TrainConfig(b, choices, data, validation);
  }

  /**
   * Peak of the learning rate of the encoders' own weights, for a method that trains them: the
   * default of {@link EncoderLearningRate#SETTING} where it was not given.
   */
  public Optional<Double> encoderLearningRate() {
    return Optional.ofNullable(b.encoderLearningRate);
  }

  /** What is made of rows and their targets. */
  public ObjectiveSettings objective() {
    return b.objective;
  }

  /**
   * Type of the encoders' matrices. Where none was chosen it is FLOAT32, on every machine: results
   * in BFLOAT16 differ, so that which of both is faster may not decide. What goes on with a run, or
   * begins with a model, keeps the type of that ({@link #settled}).
   */
  public MatrixPrecision precision() {
    return chosen.precision() == null ? MatrixPrecision.FLOAT32 : chosen.precision();
  }

  /**
   * This configuration with what was left open, and has been decided before, chosen as in the run
   * that it goes on with, or the model that it begins with.
   *
   * @throws PmfException if these cannot be read
   */
  public TrainConfig settled() {
    return EarlierChoices.of(this)
        .map(earlier -> with(chosen.settled(earlier, b.existing == Existing.RESUME)))
        .orElse(this);
  }

  /** Whether and where trunk outputs are kept. */
  public CacheConfig cache() {
    return b.cache;
  }

  /** A model whose adapter is the starting point. */
  public Optional<Path> init() {
    return Optional.ofNullable(b.init);
  }

  /**
   * Whether training ends with linear probes of the frozen encoders, which tell whether fusion is
   * worth it: where there are two encoders or more, all frozen, and a validation table.
   */
  public boolean probes() {
    return b.probes;
  }

  /** What is done where the folder is not empty. */
  public Existing existing() {
    return b.existing;
  }

  /** What is done with a folder that holds a model or a run already. */
  public enum Existing {
    /** Refuse. */
    REFUSE,
    /** Go on with the run in it. */
    RESUME,
    /** Start anew in its place. */
    OVERWRITE
  }

  /** Fills in a configuration. */
  public static final class Builder {
    private TableLocation data;
    private TableLocation validation;
    private SplitRule split;
    private boolean splitByRows;
    private TableOptions tables = TableOptions.DEFAULT;
    private final Map<String, Path> encoders = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> encoderSettings = new LinkedHashMap<>();
    private Path out;
    private String method = "pmf";
    private final Map<String, Object> methodSettings = new LinkedHashMap<>();
    private String task;
    private TrainSettings training = TrainSettings.DEFAULT;
    private Set<Setting<?>> open = RunDecisions.DECIDABLE;
    private Double encoderLearningRate;
    private ObjectiveSettings objective = ObjectiveSettings.DEFAULT;
    private MatrixPrecision precision;
    private CacheConfig cache = CacheConfig.DEFAULT;
    private Path init;
    private boolean probes = true;
    private Existing existing = Existing.REFUSE;

    private Builder() {}

    /** Sets {@link TrainConfig#data()}. */
    public Builder data(Path table) {
      return data(TableLocation.of(table));
    }

    /** Sets {@link TrainConfig#data()}. */
    public Builder data(TableLocation table) {
      this.data = table;
      return this;
    }

    /** Sets {@link TrainConfig#validation()}; null for none. */
    public Builder validation(Path table) {
      return validation(table == null ? null : TableLocation.of(table));
    }

    /** Sets {@link TrainConfig#validation()}; null for none. */
    public Builder validation(TableLocation table) {
      this.validation = table;
      return this;
    }

    /** Sets {@link TrainConfig#split()}; null for none. */
    public Builder split(SplitRule rule) {
      this.split = rule;
      return this;
    }

    /**
     * Whether the table is cut as its rows suggest, where neither a split nor a validation table is
     * named: by its column {@code split}, if it has one, else 0.8,0.1,0.1.
     */
    public Builder splitByRows(boolean wanted) {
      this.splitByRows = wanted;
      return this;
    }

    /** Sets {@link TrainConfig#tables()}. */
    public Builder tables(TableOptions options) {
      this.tables = options;
      return this;
    }

    /** Chooses which columns are read, such as {@code Columns.DEFAULT.with("image", "photo")}. */
    public Builder columns(Columns columns) {
      return tables(tables.with(columns));
    }

    /** Adds an encoder; the name is the modality's, and its column's unless another is chosen. */
    public Builder encoder(String name, Path directory) {
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
    public Builder encoder(String name, String location) {
      return encoder(name, EncoderLocation.directory(location));
    }

    /**
     * Sets one of {@link TrainConfig#encoderSettings()}.
     *
     * @param encoder its name
     * @param value the value or its text
     */
    public Builder encoderSetting(String encoder, String setting, Object value) {
      encoderSettings.computeIfAbsent(encoder, e -> new LinkedHashMap<>()).put(setting, value);
      return this;
    }

    /** Sets {@link TrainConfig#out()}. */
    public Builder out(Path folder) {
      this.out = folder;
      return this;
    }

    /** Sets {@link TrainConfig#method()}. */
    public Builder method(String name) {
      this.method = name;
      return this;
    }

    /** Sets one of {@link TrainConfig#methodSettings()}. */
    public Builder setting(String key, Object value) {
      methodSettings.put(key, value);
      return this;
    }

    /** Sets {@link TrainConfig#task()}; null leaves it to the labels, as it is from the start. */
    public Builder task(String kind) {
      this.task = kind;
      return this;
    }

    /**
     * Sets {@link TrainConfig#training()}. Until then, epochs, patience and metric are left to the
     * rows.
     */
    public Builder training(TrainSettings settings) {
      return training(settings, Set.of());
    }

    /**
     * Sets {@link TrainConfig#training()}, but for some that are left to the rows.
     *
     * @param open of {@link RunDecisions#DECIDABLE}
     */
    public Builder training(TrainSettings settings, Set<Setting<?>> open) {
      this.training = settings;
      this.open = Set.copyOf(open);
      return this;
    }

    /**
     * Sets {@link TrainConfig#encoderLearningRate()}.
     *
     * @param rate above 0 and at most 1, or null for the usual one
     */
    public Builder encoderLearningRate(Double rate) {
      this.encoderLearningRate = rate;
      return this;
    }

    /** Sets {@link TrainConfig#objective()}. */
    public Builder objective(ObjectiveSettings settings) {
      this.objective = settings;
      return this;
    }

    /**
     * Sets one of {@link TrainConfig#objective()}.
     *
     * @throws PmfException if the value is out of range
     */
    public <T> Builder objective(Setting<T> setting, T value) {
      this.objective = objective.with(setting, value);
      return this;
    }

    /** Chooses {@link TrainConfig#precision()}; null leaves it open. */
    public Builder precision(MatrixPrecision type) {
      this.precision = type;
      return this;
    }

    /** Sets {@link TrainConfig#cache()}. */
    public Builder cache(CacheConfig config) {
      this.cache = config;
      return this;
    }

    /** Sets {@link TrainConfig#init()}. */
    public Builder init(Path model) {
      this.init = model;
      return this;
    }

    /** Sets {@link TrainConfig#probes()}. */
    public Builder probes(boolean wanted) {
      this.probes = wanted;
      return this;
    }

    /** Sets {@link TrainConfig#existing()}. */
    public Builder existing(Existing choice) {
      this.existing = choice;
      return this;
    }

    /**
     * The configuration.
     *
     * @throws PmfException if data or out are missing, an encoder has a name that cannot be used,
     *     there are settings of one that is not there, a column is named for none, or validation
     *     rows come from two places
     */
    public TrainConfig build() {
      require(data, "data");
      require(out, "out");
      if (split != null && validation != null) {
        throw PmfException.usage(
            "a table that is split has its own validation rows; leave --validation or the split"
                + " out");
      }
      encoders.keySet().forEach(EncoderNames::check);
      encoderSettings.keySet().forEach(name -> EncoderNames.require(name, encoders.keySet()));
      tables.columns().requireFit(encoders.keySet());
      OpenChoices choices = new OpenChoices(precision, task, training, open);
      return new TrainConfig(this, choices, data, validation);
    }

    private static void require(Object value, String what) {
      if (value == null) {
        throw PmfException.usage(what + " is not given");
      }
    }
  }
}
