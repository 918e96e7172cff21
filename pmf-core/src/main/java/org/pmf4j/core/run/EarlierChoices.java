package org.pmf4j.core.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.core.model.ModelDirectory;
import org.pmf4j.core.training.Checkpoints;

/** What was chosen by a run that is gone on with, or for a model that is begun with. */
sealed interface EarlierChoices {
  /** A choice by its name in runs, as text; empty where it is older than the name. */
  Optional<String> get(String name);

  /**
   * Looks for them.
   *
   * @return empty where a run begins anew
   * @throws org.pmf4j.api.error.PmfException if they cannot be read
   */
  static Optional<EarlierChoices> of(TrainConfig config) {
    Path checkpoints = new ModelDirectory(config.out()).checkpoints();
    if (config.existing() == TrainConfig.Existing.RESUME && Checkpoints.existIn(checkpoints)) {
      return Optional.of(new OfRun(checkpoints));
    }
    return config
        .init()
        .map(ModelDirectory::new)
        .filter(model -> Files.exists(model.config()))
        .map(model -> new OfModel(model.readConfig()));
  }

  /**
   * Of a run.
   *
   * @param checkpoints their folder
   */
  record OfRun(Path checkpoints) implements EarlierChoices {
    @Override
    public Optional<String> get(String name) {
      return Checkpoints.setting(checkpoints, name);
    }
  }

  /** Of a model. */
  record OfModel(AdapterConfig config) implements EarlierChoices {
    @Override
    public Optional<String> get(String name) {
      return switch (name) {
        case TrainConfig.PRECISION -> Optional.ofNullable(config.precision());
        case TrainConfig.TASK -> Optional.of(config.task());
        default -> Optional.empty();
      };
    }
  }
}
