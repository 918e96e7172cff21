package org.pmf4j.core.encoder;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quoted;

/** What is said of a {@code model_type} that no family reads. */
final class UnknownModelType {
  private static final String MODEL_TYPE = "model_type";

  private UnknownModelType() {}

  /**
   * The complaint: of a model that is made of several, which of them could be read alone.
   *
   * @param known what is read
   */
  static PmfException of(EncoderConfig config, String modelType, Set<String> known) {
    Map<String, String> parts = parts(config);
    return PmfException.input(
        String.format(
            Locale.ROOT,
            "%s: unknown model_type \"%s\"; known: %s; %s",
            config.source(),
            Quoted.of(modelType),
            String.join(", ", known),
            parts.isEmpty() ? advice(known) : advice(parts, known)));
  }

  private static String advice(Set<String> known) {
    return known.contains("bert")
        ? "for others put a plugin's jar that reads them into a folder and name it by --plugins"
        : "the jar org.pmf4j:pmf-modalities, which reads BERT, ViT and many more, is not on the"
            + " class path";
  }

  private static String advice(Map<String, String> parts, Set<String> known) {
    String all =
        parts.entrySet().stream()
            .map(e -> Quoted.of(e.getKey()) + " is a " + Quoted.of(e.getValue()))
            .collect(Collectors.joining(", ", "it is made of several models, of which ", ""));
    return parts.values().stream().anyMatch(known::contains)
        ? all + ": load it in Python and save the one that is known with save_pretrained(folder)"
        : all + ": none of these is known either; " + advice(known);
  }

  /** By their keys, those objects in the configuration that have a model_type of their own. */
  private static Map<String, String> parts(EncoderConfig config) {
    Map<String, String> parts = new TreeMap<>();
    config
        .values()
        .forEach(
            (key, value) -> {
              if (value instanceof Map<?, ?> part && part.get(MODEL_TYPE) instanceof String type) {
                parts.put(key, type);
              }
            });
    return parts;
  }
}
