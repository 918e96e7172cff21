package org.pmf4j.modalities.directory;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;

/**
 * One of the two encoders that a model of texts and images has, and where its settings stand in the
 * config.json of the whole. Immutable, so that any number of threads may share it.
 */
public enum ModelHalf {
  /** CLIP's texts. */
  CLIP_TEXT("clip", "text", "text_config_dict"),
  /** CLIP's images. */
  CLIP_IMAGE("clip", "vision", "vision_config_dict"),
  /** SigLIP's texts. */
  SIGLIP_TEXT("siglip", "text"),
  /** SigLIP's images. */
  SIGLIP_IMAGE("siglip", "vision");

  private static final String MODEL_TYPE = "model_type";

  private final String whole;
  private final String modelType;
  private final List<String> keys;

  /**
   * A half.
   *
   * @param older where older releases wrote its settings, too: there they count
   */
  ModelHalf(String whole, String name, String... older) {
    this.whole = whole;
    this.modelType = whole + "_" + name + "_model";
    this.keys = Stream.concat(Arrays.stream(older), Stream.of(name + "_config")).toList();
  }

  /** The {@code model_type} of the model that has both halves. */
  public String whole() {
    return whole;
  }

  /** The {@code model_type} of this half, saved alone. */
  public String modelType() {
    return modelType;
  }

  /**
   * This half's settings, as they would stand in the config.json of the half alone.
   *
   * @param config of the whole model or of the half
   * @return of a half, itself; of a whole model that says nothing of this half, no settings but its
   *     {@code model_type}, so that the family's defaults count
   * @throws PmfException if what stands for them is no object
   */
  public EncoderConfig in(EncoderConfig config) {
    Optional<EncoderConfig> found =
        keys.stream().flatMap(key -> config.object(key).stream()).findFirst();
    if (found.isEmpty() && !isIn(config)) {
      return config;
    }
    Map<String, Object> settings =
        new LinkedHashMap<>(found.map(EncoderConfig::values).orElse(Map.of()));
    settings.put(MODEL_TYPE, modelType);
    return new EncoderConfig(found.map(EncoderConfig::source).orElse(config.source()), settings);
  }

  /**
   * The settings of the encoder of texts: in whole models of this list those of their text half.
   *
   * @param config an encoder's config.json
   */
  public static EncoderConfig ofTexts(EncoderConfig config) {
    return List.of(CLIP_TEXT, SIGLIP_TEXT).stream()
        .filter(half -> half.isIn(config))
        .findFirst()
        .map(half -> half.in(config))
        .orElse(config);
  }

  private boolean isIn(EncoderConfig config) {
    return whole.equals(config.text(MODEL_TYPE, ""));
  }
}
