package org.pmf4j.core.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.core.model.ModelDirectory;
import org.pmf4j.core.model.PlannedMethod;
import org.pmf4j.core.training.Checkpoints;

/**
 * The settings of a run's method. What was not given has its default; but a run that goes on with
 * another, or begins with a model, that is older than a default keeps what that has.
 */
final class MethodSettings {
  private MethodSettings() {}

  /**
   * The settings.
   *
   * @throws org.pmf4j.api.error.PmfException for an unknown name, a value out of range, or what is
   *     gone on with and cannot be read
   */
  static Settings of(TrainConfig config, FusionMethod method) {
    Map<String, Object> changes = new LinkedHashMap<>();
    Optional<Function<String, Optional<String>>> earlier = earlier(config);
    for (Setting<?> setting : method.settings()) {
      String name = setting.name();
      Optional<String> former = setting.formerText();
      if (earlier.isPresent() && former.isPresent()) {
        boolean kept = earlier.get().apply(name).map(former.get()::equals).orElse(true);
        if (kept) {
          changes.put(name, former.get());
        }
      }
    }
    changes.putAll(config.methodSettings());
    return PlannedMethod.settings(method, changes);
  }

  /** By setting, what it was before its default of today. */
  static Map<String, String> former(FusionMethod method) {
    Map<String, String> all = new LinkedHashMap<>();
    method.settings().forEach(s -> s.formerText().ifPresent(text -> all.put(s.name(), text)));
    return all;
  }

  /** What a setting was in what this run goes on with, or begins with, if there is such a thing. */
  private static Optional<Function<String, Optional<String>>> earlier(TrainConfig config) {
    Path checkpoints = new ModelDirectory(config.out()).checkpoints();
    if (config.existing() == TrainConfig.Existing.RESUME && Checkpoints.existIn(checkpoints)) {
      return Optional.of(name -> Checkpoints.setting(checkpoints, name));
    }
    return config
        .init()
        .map(ModelDirectory::new)
        .filter(model -> Files.exists(model.config()))
        .map(ModelDirectory::readConfig)
        .map(AdapterConfig::fusion)
        .map(saved -> name -> Optional.ofNullable(saved.get(name)).map(String::valueOf));
  }
}
