package org.pmf4j.core.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.json.Json;
import org.pmf4j.core.encoder.EncoderDirectory;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.core.model.ModelDirectory;
import org.pmf4j.core.training.Checkpoints;

/**
 * How an encoder is used by a run that is gone on with, or by a model that is begun with.
 *
 * @param settings by name; nothing where they are older than settings of encoders
 */
record EarlierEncoder(Optional<Map<String, Object>> settings) {
  /** Under what a checkpoint keeps the settings. */
  static String key(String encoder) {
    return Checkpoints.ENCODER_SETTINGS + encoder;
  }

  /** What a checkpoint keeps of them. */
  static String text(EncoderSpec spec) {
    return Json.text(spec.settings().toMap());
  }

  /**
   * Looks for it.
   *
   * @return empty where a run begins anew, or with a model that has no such encoder
   */
  static Optional<EarlierEncoder> of(TrainConfig config, String name) {
    Path checkpoints = new ModelDirectory(config.out()).checkpoints();
    if (config.existing() == TrainConfig.Existing.RESUME && Checkpoints.existIn(checkpoints)) {
      Optional<String> saved = Checkpoints.setting(checkpoints, key(name));
      return Optional.of(
          new EarlierEncoder(saved.map(json -> Json.object(checkpoints.toString(), json))));
    }
    return config
        .init()
        .map(ModelDirectory::new)
        .filter(model -> Files.exists(model.config()))
        .flatMap(model -> of(model.readConfig(), name));
  }

  private static Optional<EarlierEncoder> of(AdapterConfig model, String name) {
    return model.encoders().stream()
        .filter(base -> base.name().equals(name))
        .map(base -> new EarlierEncoder(Optional.ofNullable(base.settings())))
        .findFirst();
  }

  /**
   * Refuses other settings than an old run can have had; those of younger ones are compared with
   * the rest of its settings.
   *
   * @throws PmfException naming the encoder
   */
  static void requireSame(TrainConfig config, EncoderLoader loader, String name, EncoderSpec now) {
    boolean resumes = config.existing() == TrainConfig.Existing.RESUME;
    boolean old = resumes && of(config, name).filter(e -> e.settings().isEmpty()).isPresent();
    if (old && !now.settings().equals(loader.formerSpec(name, now.directory()).settings())) {
      throw PmfException.usage(
          config.out()
              + ": this run was begun before encoders had settings; leave those of encoder "
              + Quote.name(name)
              + " out, or start anew with --overwrite");
    }
  }

  /** The encoder, used in the same way. */
  EncoderSpec spec(EncoderLoader loader, String name, EncoderDirectory directory) {
    return settings
        .map(saved -> loader.spec(name, directory, saved))
        .orElseGet(() -> loader.formerSpec(name, directory));
  }
}
