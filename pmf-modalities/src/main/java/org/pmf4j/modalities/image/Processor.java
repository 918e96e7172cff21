package org.pmf4j.modalities.image;

import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.modalities.directory.KeyList;
import org.pmf4j.modalities.directory.ProcessorFile;
import org.pmf4j.modalities.directory.SettingsFiles;

/**
 * An encoder's image processor: its settings, and what it does where they are silent.
 *
 * @param settings as a file has them
 * @param type its kind
 * @param newer whether the kind is that of transformers 5, where the two differ
 */
record Processor(EncoderConfig settings, ProcessorType type, boolean newer) {

  /**
   * Reads an encoder's processor: the kind that its settings name, or config.json, or else the one
   * that encoders of its {@code model_type} have.
   *
   * @throws PmfException if there is none, or none that is known here
   */
  static Processor of(SettingsFiles directory, String modelType) {
    Optional<ProcessorType> usual = ProcessorType.of(modelType);
    EncoderConfig settings =
        ProcessorFile.IMAGE.require(
            directory, usual.map(ProcessorType::className).orElse("AutoImageProcessor"));
    Optional<ProcessorFile.Named> named = ProcessorFile.IMAGE.type(directory, settings);
    String all = "one of " + ProcessorType.allNames();
    ProcessorType type =
        named.isPresent()
            ? ProcessorType.named(named.get().name()).orElseThrow(() -> named.get().wrong(all))
            : usual.orElseThrow(() -> settings.wrong("image_processor_type", all, "none"));
    KeyList.of(type.keys()).check(settings);
    String name = named.map(ProcessorFile.Named::name).orElse("");
    return new Processor(settings, type, name.endsWith("Fast") || name.endsWith("Pil"));
  }
}
