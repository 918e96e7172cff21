package org.pmf4j.core.run;

import java.nio.file.Path;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.file.OutputPlace;

/** Where a run may write: neither onto its tables nor into its encoders or what it starts from. */
final class RunPlaces {
  private RunPlaces() {}

  /**
   * Checks the model's folder, and the cache's if there is one.
   *
   * @throws PmfException naming the place and what would be lost
   */
  static void check(TrainConfig config) {
    OutputPlace model = encoders(config.encoders());
    config.data().keepIn(model, "the table");
    config.validation().ifPresent(v -> v.keepIn(model, "the validation table"));
    config.init().ifPresent(m -> model.folder("the model that --init names", m));
    model.requireFolder(config.out());
    checkCache(config);
  }

  /** Checks the cache's folder alone. */
  static void checkCache(TrainConfig config) {
    config.cache().root().ifPresent(encoders(config.encoders())::requireFolder);
  }

  /** Encoders, into whose directories nothing may be written. */
  static OutputPlace encoders(Map<String, Path> directories) {
    OutputPlace place = new OutputPlace();
    directories.forEach((name, directory) -> place.folder("the " + name + " encoder", directory));
    return place;
  }
}
