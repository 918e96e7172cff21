package org.pmf4j.core.run;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableOptions;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.split.Part;
import org.pmf4j.core.split.Split;
import org.pmf4j.core.split.SplitRule;
import org.pmf4j.core.training.TrainSettings;

/**
 * What to train, on what, and where to put it. Made by {@link #builder()}. Immutable, so that any
 * number of threads may share it.
 */
public final class TrainConfig {
  /** What runs call it. */
  static final String PRECISION = "precision";

  /** What runs call it. */
  static final String TASK = "task";

  private final TrainConfigBuilder b;
  private final OpenChoices chosen;
  private final TableLocation data;
  private final TableLocation validation;
  private final Map<String, Path> made;

  TrainConfig(
      TrainConfigBuilder b,
      OpenChoices chosen,
      TableLocation data,
      TableLocation validation,
      Map<String, Path> made) {
    this.b = b;
    this.chosen = chosen;
    this.data = data;
    this.validation = validation;
    this.made = made;
  }

  /** A configuration to fill in; data, encoders and out must be given. */
  public static TrainConfigBuilder builder() {
    return new TrainConfigBuilder();
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
    return new TrainConfig(b, chosen, split.of(data, Part.TRAIN), validated, made);
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
    return new TrainConfig(b, chosen, data, validation, Map.copyOf(directories));
  }

  /**
   * By modality, where the saved model says that an encoder is, for those that are copies of what
   * lies elsewhere; of others it tells the way from the model to them.
   */
  public Map<String, String> encoderSources() {
    return Collections.unmodifiableMap(b.encoderSources);
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
    return new TrainConfig(b, choices, data, validation, made);
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
}
