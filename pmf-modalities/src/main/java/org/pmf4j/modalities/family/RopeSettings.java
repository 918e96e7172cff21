package org.pmf4j.modalities.family;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;

/**
 * What a configuration says of rotary positions that all layers share, as transformers 4 writes it
 * ({@code rope_theta} and {@code rope_scaling}) and as 5 does ({@code rope_parameters}). Where both
 * stand there they must agree, as the versions would not read the same.
 *
 * @param theta base of the wavelengths, above 0
 * @param type how they are scaled
 * @param scaling what goes with it, by the names of transformers
 */
record RopeSettings(double theta, String type, EncoderConfig scaling) {
  private static final String SCALING = "rope_scaling";
  private static final String PARAMETERS = "rope_parameters";
  private static final String THETA = "rope_theta";
  private static final String TYPE = "rope_type";

  /** By type, the settings that go with it. */
  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "default",
          Set.of(),
          "linear",
          Set.of("factor"),
          "dynamic",
          Set.of("factor", "original_max_position_embeddings"),
          "llama3",
          Set.of(
              "factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings"),
          "yarn",
          Set.of(
              "factor",
              "attention_factor",
              "beta_fast",
              "beta_slow",
              "mscale",
              "mscale_all_dim",
              "original_max_position_embeddings",
              "truncate"));

  static RopeSettings of(EncoderConfig config) {
    Optional<EncoderConfig> old = config.object(SCALING).filter(RopeSettings::saysSomething);
    Optional<EncoderConfig> given =
        config.object(PARAMETERS).filter(RopeSettings::saysSomething).or(() -> old);
    EncoderConfig scaling = given.orElseGet(() -> new EncoderConfig(config.source(), Map.of()));
    if (old.isPresent() && !old.get().values().equals(scaling.values())) {
      throw config.wrong(SCALING, "the same as " + PARAMETERS, old.get().values());
    }
    double theta = scaling.number(THETA, config.number(THETA, 10_000));
    if (theta <= 0) {
      throw config.wrong(THETA, "above 0", theta);
    }
    if (config.has(THETA) && config.number(THETA, theta) != theta) {
      throw config.wrong(THETA, "what " + PARAMETERS + " says, " + theta, config.number(THETA, 0));
    }
    String type = scaling.text(TYPE, scaling.text("type", "default"));
    Set<String> known = KNOWN.get(type);
    if (known == null) {
      throw scaling.wrong(TYPE, "default, linear, dynamic, llama3 or yarn", type);
    }
    if (!scaling.text("type", type).equals(type)) {
      throw scaling.wrong("type", "what " + TYPE + " says, " + type, scaling.text("type", type));
    }
    refuseOthers(scaling, type, known);
    return new RopeSettings(theta, type, scaling);
  }

  private static boolean saysSomething(EncoderConfig object) {
    return !object.values().isEmpty();
  }

  private static void refuseOthers(EncoderConfig scaling, String type, Set<String> known) {
    for (String key : scaling.values().keySet()) {
      boolean common = Set.of(THETA, TYPE, "type").contains(key);
      boolean whole = key.equals("partial_rotary_factor") && scaling.number(key, 1) == 1;
      if (scaling.has(key) && !common && !whole && !known.contains(key)) {
        throw PmfException.input(
            scaling.source()
                + ": \""
                + key
                + "\": is not supported for rotary positions of the type "
                + type
                + "; take it out if the model was trained without it");
      }
    }
  }

  /**
   * A number that must be there.
   *
   * @param least what it must be at least
   */
  double number(String key, double least) {
    if (!scaling.has(key)) {
      throw PmfException.input(scaling.source() + ": \"" + key + "\" is missing");
    }
    double value = scaling.number(key, least);
    if (value < least) {
      throw scaling.wrong(key, "at least " + least, value);
    }
    return value;
  }
}
