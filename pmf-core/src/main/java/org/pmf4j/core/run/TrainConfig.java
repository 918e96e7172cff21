package org.pmf4j.core.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableOptions;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.model.ModelDirectory;
import org.pmf4j.core.training.Checkpoints;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.hub.EncoderLocation;

/**
 * What to train, on what, and where to put it. Made by {@link #builder()}. Immutable, so that any
 * number of threads may share it.
 */
public final class TrainConfig {
  /** What runs call it. */
  static final String PRECISION = "precision";

  private final Builder b;
  private final MatrixPrecision precision;
  private final Map<String, Path> made;

  private TrainConfig(Builder b, MatrixPrecision precision, Map<String, Path> made) {
    this.b = b;
    this.precision = precision;
    this.made = made;
  }

  /** A configuration to fill in; data, encoders and out must be given. */
  public static Builder builder() {
    return new Builder();
  }

  /** The training table. */
  public TableLocation data() {
    return b.data;
  }

  /** The validation table, which chooses the best epoch. */
  public Optional<TableLocation> validation() {
    return Optional.ofNullable(b.validation);
  }

  /** How tables are read. */
  public TableOptions tables() {
    return b.tables;
  }

  /** Encoder directories by modality, in order; those that training made come last. */
  public Map<String, Path> encoders() {
    Map<String, Path> all = new LinkedHashMap<>(b.encoders);
    all.putAll(made);
    return Collections.unmodifiableMap(all);
  }

  /**
   * Encoders without a directory: training makes them of columns of the training rows first, and
   * keeps them in the model's folder.
   */
  public Set<String> madeEncoders() {
    return Collections.unmodifiableSet(b.made);
  }

  /** This configuration with the encoders that training made. */
  TrainConfig withMade(Map<String, Path> directories) {
    return new TrainConfig(b, precision, Map.copyOf(directories));
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

  /** The kind of task: {@code single-label}, {@code multi-label} or {@code regression}. */
  public String task() {
    return b.task;
  }

  /** Epochs, batches, optimizer. */
  public TrainSettings training() {
    return b.training;
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
    return precision == null ? MatrixPrecision.FLOAT32 : precision;
  }

  /**
   * This configuration with its precision chosen, where it was left open, by the run that it goes
   * on with, or the model that it begins with.
   *
   * @throws PmfException if these cannot be read
   */
  public TrainConfig settled() {
    if (precision != null) {
      return this;
    }
    Path checkpoints = new ModelDirectory(b.out).checkpoints();
    Optional<String> earlier =
        b.existing == Existing.RESUME && Checkpoints.existIn(checkpoints)
            ? Checkpoints.setting(checkpoints, PRECISION)
            : init()
                .map(ModelDirectory::new)
                .filter(model -> Files.exists(model.config()))
                .map(model -> model.readConfig().precision());
    return earlier
        .flatMap(MatrixPrecision::named)
        .map(found -> new TrainConfig(b, found, made))
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
    private TableOptions tables = TableOptions.DEFAULT;
    private final Map<String, Path> encoders = new LinkedHashMap<>();
    private final Set<String> made = new LinkedHashSet<>();
    private final Map<String, Map<String, Object>> encoderSettings = new LinkedHashMap<>();
    private Path out;
    private String method = "pmf";
    private final Map<String, Object> methodSettings = new LinkedHashMap<>();
    private String task = "single-label";
    private TrainSettings training = TrainSettings.DEFAULT;
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
     * Adds an encoder that training makes first, of columns of the training rows, by their labels,
     * and keeps in the model's folder: one of {@link TrainConfig#madeEncoders()}.
     *
     * @param modality one that reads rows, such as {@code tabular}, which is the encoder's name,
     *     too
     */
    public Builder encoder(String modality) {
      made.add(modality);
      return this;
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

    /** Sets {@link TrainConfig#task()}. */
    public Builder task(String kind) {
      this.task = kind;
      return this;
    }

    /** Sets {@link TrainConfig#training()}. */
    public Builder training(TrainSettings settings) {
      this.training = settings;
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
     *     there are settings of one that is not there, or a column is named for none
     */
    public TrainConfig build() {
      require(data, "data");
      require(out, "out");
      made.removeAll(encoders.keySet());
      Set<String> names = new LinkedHashSet<>(encoders.keySet());
      names.addAll(made);
      names.forEach(EncoderNames::check);
      encoderSettings.keySet().forEach(name -> EncoderNames.require(name, names));
      tables.columns().requireFit(names);
      return new TrainConfig(this, precision, Map.of());
    }

    private static void require(Object value, String what) {
      if (value == null) {
        throw PmfException.usage(what + " is not given");
      }
    }
  }
}
