package org.pmf4j.core.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.file.Shown;
import org.pmf4j.core.safetensors.LazyTensor;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.safetensors.SafetensorsWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run: {@code last.safetensors} with parameters, moments and the state of the
 * run, from which it goes on, and {@code best.safetensors} with the parameters of the best epoch.
 * Each is one file, replaced whole. A run may go on on another backend; it then agrees with an
 * uninterrupted one to rounding instead of to the bit. For one thread at a time.
 */
public final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final String SETTING = "setting.";
  private static final String LAST = "last.safetensors";
  private static final String COMPUTED_BY = "computed_by";

  /** What is saved for something that a run has not. */
  public static final String NONE = "none";

  /**
   * What begins the name of an encoder's settings, which are younger than the first checkpoints.
   */
  public static final String ENCODER_SETTINGS = "settings of encoder ";

  /** A setting that is younger than the first checkpoints. */
  public static final String VALIDATION_TABLE = "validation table";

  /** What checkpoints may lack: it was not compared when they were written. */
  private static final Set<String> YOUNGER = Set.of("init", VALIDATION_TABLE);

  /** May differ from what a run began with: they decide how far it goes, not where. */
  private static final Set<String> MAY_CHANGE = Set.of("epochs", "patience", "checkpoint-steps");

  private final Path folder;
  private final Map<String, String> settings;
  private final BiPredicate<String, String> alsoKnownAs;
  private final String computedBy;

  /** True once the user was told how this run differs from what it goes on with. */
  private boolean told;

  /**
   * The checkpoints in a folder.
   *
   * @param folder made when the first one is written
   * @param settings what must be the same for a run to go on
   * @param backend what computes now
   */
  public Checkpoints(Path folder, Map<String, String> settings, BackendInfo backend) {
    this(folder, settings, (key, saved) -> false, backend);
  }

  /**
   * The checkpoints in a folder.
   *
   * @param folder made when the first one is written
   * @param settings what must be the same for a run to go on
   * @param alsoKnownAs whether a setting of the given name means the same as the value of today,
   *     though it is written otherwise
   * @param backend what computes now
   */
  public Checkpoints(
      Path folder,
      Map<String, String> settings,
      BiPredicate<String, String> alsoKnownAs,
      BackendInfo backend) {
    this.folder = folder;
    this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    this.alsoKnownAs = alsoKnownAs;
    this.computedBy =
        String.format(
            Locale.ROOT,
            "%s, %s, %s, %d threads",
            backend.name(),
            backend.engine(),
            backend.device(),
            backend.threads());
  }

  /** True if a run in this folder has left a checkpoint to go on from. */
  public static boolean existIn(Path folder) {
    return Files.exists(folder.resolve(LAST));
  }

  /** What a setting was in the run that left a checkpoint in this folder, if it had it. */
  public static Optional<String> setting(Path folder, String name) {
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(LAST))) {
      return Optional.ofNullable(file.metadata().get(SETTING + name));
    }
  }

  /** True if there is a checkpoint to go on from. */
  public boolean exists() {
    return existIn(folder);
  }

  private Path bestFile() {
    return folder.resolve("best.safetensors");
  }

  /** Where a run goes on from; may not exist. */
  public Path last() {
    return folder.resolve(LAST);
  }

  /**
   * The parameters saved in the last checkpoint, as starting values.
   *
   * @throws PmfException if the run was started with other settings, naming one that differs
   */
  public ParameterStore.Initial parameters() {
    state();
    return new Saved(last(), SafetensorsFile.readNumbers(last()));
  }

  /**
   * The parameters of the best epoch.
   *
   * @throws PmfException if the file is missing or damaged
   */
  public ParameterStore.Initial best() {
    return new Saved(bestFile(), SafetensorsFile.readNumbers(bestFile()));
  }

  /** Values of a file, which must have all that are asked for. */
  private record Saved(Path file, Map<String, HostTensor> values)
      implements ParameterStore.Initial {
    @Override
    public String place() {
      return file + ": ";
    }

    @Override
    public HostTensor get(String name) {
      HostTensor value = values.get(name);
      if (value == null) {
        throw PmfException.input(file + ": tensor " + name + " is missing");
      }
      return value;
    }
  }

  /** Forgets the best epoch of a run that is replaced. */
  void deleteBest() {
    try {
      Files.deleteIfExists(bestFile());
    } catch (IOException e) {
      throw FileErrors.cannotWrite(bestFile(), e);
    }
  }

  void saveBest(Map<String, LazyTensor> parameters) {
    AtomicFile.createFolders(folder);
    SafetensorsWriter.writePending(bestFile(), parameters, Map.of());
    LOG.info("{}: weights of the best epoch so far saved", bestFile());
  }

  void saveLast(Map<String, LazyTensor> tensors, RunState state) {
    AtomicFile.createFolders(folder);
    Map<String, String> metadata = new LinkedHashMap<>(state.toMap());
    settings.forEach((k, v) -> metadata.put(SETTING + k, v));
    metadata.put(COMPUTED_BY, computedBy);
    SafetensorsWriter.writePending(last(), tensors, metadata);
    LOG.info("{}: checkpoint of epoch {}, step {}", last(), state.epoch() + 1, state.step());
  }

  /**
   * The state saved last.
   *
   * @throws PmfException if the run was started with other settings, naming one that differs
   */
  RunState state() {
    Map<String, String> saved;
    try (SafetensorsFile file = SafetensorsFile.open(last())) {
      saved = file.metadata();
    }
    settings.forEach((key, now) -> requireSame(key, saved.get(SETTING + key), now));
    String before = saved.get(COMPUTED_BY);
    if (!told && !computedBy.equals(before)) {
      LOG.warn(
          "resuming on [{}] what began on [{}]: results agree to rounding, not to the bit",
          computedBy,
          before == null ? "another machine" : Shown.plain(before));
    }
    told = true;
    return RunState.of(last(), saved);
  }

  private void requireSame(String key, String was, String now) {
    if (was == null && (YOUNGER.contains(key) || key.startsWith(ENCODER_SETTINGS))) {
      return;
    }
    String before = was == null && key.equals("validation") ? NONE : was;
    if (now.equals(before) || (before != null && alsoKnownAs.test(key, before))) {
      return;
    }
    if (before != null && MAY_CHANGE.contains(key)) {
      if (!told && key.equals("epochs")) {
        LOG.warn(
            "going on to {} epochs instead of {}: from here on the learning rate is that of a run of"
                + " {} epochs",
            now,
            Shown.plain(before),
            now);
      }
      return;
    }
    if (before == null) {
      throw PmfException.input(
          last()
              + ": does not tell "
              + key
              + ", so that the run cannot go on; the file is damaged, or another version's: start"
              + " anew in another folder");
    }
    throw PmfException.usage(
        "cannot resume: "
            + key
            + " was "
            + Shown.plain(before)
            + " and is now "
            + Shown.plain(now)
            + "; use the old setting, or start anew in another folder");
  }
}
