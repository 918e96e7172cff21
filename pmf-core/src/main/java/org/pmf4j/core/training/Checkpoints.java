package org.pmf4j.core.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.file.AtomicFile;
import org.pmf4j.core.safetensors.PendingTensor;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.safetensors.SafetensorsWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run: {@code last.safetensors} with parameters, moments and the state of the
 * run, from which it goes on, and {@code best.safetensors} with the parameters of the best epoch.
 * Each is one file, replaced whole. A run may go on on another backend; it then agrees with an
 * uninterrupted one to rounding instead of to the bit.
 */
public final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final String SETTING = "setting.";
  private static final String LAST = "last.safetensors";
  private static final String COMPUTED_BY = "computed_by";

  private final Path folder;
  private final Map<String, String> settings;
  private final String computedBy;

  /**
   * The checkpoints in a folder.
   *
   * @param folder made when the first one is written
   * @param settings what must be the same for a run to go on
   * @param backend what computes now
   */
  public Checkpoints(Path folder, Map<String, String> settings, BackendInfo backend) {
    this.folder = folder;
    this.settings = Map.copyOf(settings);
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

  /** Where the parameters of the best epoch are; may not exist. */
  public Path best() {
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
    Map<String, HostTensor> saved = read(last());
    return name -> {
      HostTensor value = saved.get(name);
      if (value == null) {
        throw PmfException.input(last() + ": tensor " + name + " is missing");
      }
      return value;
    };
  }

  /** The parameters of the best epoch by name. */
  public Map<String, HostTensor> readBest() {
    return read(best());
  }

  private static Map<String, HostTensor> read(Path path) {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      file.names().forEach(name -> tensors.put(name, file.tensor(name)));
    }
    return tensors;
  }

  void saveBest(Map<String, PendingTensor> parameters) {
    AtomicFile.createFolders(folder);
    SafetensorsWriter.writePending(best(), parameters, Map.of());
  }

  void saveLast(Map<String, PendingTensor> tensors, RunState state) {
    AtomicFile.createFolders(folder);
    Map<String, String> metadata = new LinkedHashMap<>(state.toMap());
    settings.forEach((k, v) -> metadata.put(SETTING + k, v));
    metadata.put(COMPUTED_BY, computedBy);
    SafetensorsWriter.writePending(last(), tensors, metadata);
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
    settings.forEach(
        (k, v) -> {
          String was = saved.get(SETTING + k);
          if (!v.equals(was)) {
            throw PmfException.usage(
                "cannot resume: "
                    + k
                    + " was "
                    + was
                    + " and is now "
                    + v
                    + "; use the old setting, or start anew in another folder");
          }
        });
    String before = saved.get(COMPUTED_BY);
    if (!computedBy.equals(before)) {
      LOG.warn(
          "resuming on [{}] what began on [{}]: results agree to rounding, not to the bit",
          computedBy,
          before);
    }
    return RunState.of(saved);
  }
}
