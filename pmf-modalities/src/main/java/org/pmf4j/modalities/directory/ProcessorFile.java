package org.pmf4j.modalities.directory;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where an encoder's directory says how its inputs are made: in {@code preprocessor_config.json},
 * or in a part of {@code processor_config.json}, where transformers writes it from version 5 on. Of
 * both, the part goes first, as it does there. Immutable, so that any number of threads may share
 * it.
 *
 * @param what it is called in messages
 * @param parts names that the part may have
 * @param types keys that name the kind of processor, the first that is there counts
 */
public record ProcessorFile(String what, List<String> parts, List<String> types) {
  /** Of encoders of images. */
  public static final ProcessorFile IMAGE =
      new ProcessorFile(
          "image processor",
          List.of("image_processor"),
          List.of("image_processor_type", "feature_extractor_type"));

  /** Of encoders of sound. */
  public static final ProcessorFile SOUND =
      new ProcessorFile(
          "feature extractor",
          List.of("feature_extractor", "audio_processor"),
          List.of("feature_extractor_type"));

  private static final Logger LOG = LoggerFactory.getLogger(ProcessorFile.class);
  private static final String ALONE = "preprocessor_config.json";
  private static final String WHOLE = "processor_config.json";

  /** Takes over immutable copies. */
  public ProcessorFile {
    parts = List.copyOf(parts);
    types = List.copyOf(types);
  }

  /**
   * Reads the settings.
   *
   * @param type of the processor that the encoder would have, for the advice where there is none
   * @throws PmfException if there are none, saying what to do, or if a file is broken
   */
  public EncoderConfig require(SettingsFiles directory, String type) {
    Optional<EncoderConfig> part = directory.find(WHOLE).flatMap(this::inner);
    Optional<EncoderConfig> alone = directory.find(ALONE).map(file -> inner(file).orElse(file));
    part.ifPresent(p -> alone.ifPresent(a -> warnOfDifference(p, a)));
    return part.or(() -> alone)
        .orElseThrow(
            () ->
                PmfException.input(
                    String.format(
                        Locale.ROOT,
                        "%s: %s is missing%s; save the encoder's %s there, for example by %s.from_pretrained(MODEL).save_pretrained(DIR), MODEL being what the encoder was made from",
                        directory.path(),
                        ALONE,
                        directory.has(WHOLE)
                            ? ", and " + WHOLE + " has no \"" + parts.get(0) + '"'
                            : "",
                        what,
                        type)));
  }

  /**
   * The kind of processor that the settings name, or else config.json does.
   *
   * @param settings what {@link #require} read
   * @return the key and file that name it, if any does
   */
  public Optional<Named> type(SettingsFiles directory, EncoderConfig settings) {
    for (String key : types) {
      if (settings.has(key)) {
        return Optional.of(new Named(settings, key));
      }
    }
    return directory
        .find("config.json")
        .filter(config -> config.has(types.get(0)))
        .map(config -> new Named(config, types.get(0)));
  }

  /**
   * A place that names a processor.
   *
   * @param file the file
   * @param key the key in it
   */
  public record Named(EncoderConfig file, String key) {
    /** The processor's name. */
    public String name() {
      return file.text(key, "");
    }

    /** A complaint about the name. */
    public PmfException wrong(String expected) {
      return file.wrong(key, expected, name());
    }
  }

  private Optional<EncoderConfig> inner(EncoderConfig file) {
    return parts.stream().flatMap(part -> file.object(part).stream()).findFirst();
  }

  private static void warnOfDifference(EncoderConfig part, EncoderConfig alone) {
    List<String> different =
        part.values().keySet().stream()
            .filter(alone::has)
            .filter(part::has)
            .filter(key -> !part.values().get(key).equals(alone.values().get(key)))
            .toList();
    if (!different.isEmpty()) {
      LOG.warn(
          "{}: differs from {} in {}; the former is used",
          part.source(),
          alone.source(),
          different);
    }
  }
}
