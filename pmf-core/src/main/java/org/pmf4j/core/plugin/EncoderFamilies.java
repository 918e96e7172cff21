package org.pmf4j.core.plugin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.plugin.PmfPlugin;

/**
 * Kinds of encoders, by {@code model_type} and modality: a checkpoint such as CLIP's holds an
 * encoder for each of several modalities, and a family reads one of them. Immutable, so that any
 * number of threads may share it.
 */
public final class EncoderFamilies {
  private final Map<String, Map<String, EncoderFamily>> families = new TreeMap<>();

  EncoderFamilies(List<PmfPlugin> plugins) {
    Map<String, String> owners = new TreeMap<>();
    for (PmfPlugin plugin : plugins) {
      for (EncoderFamily family : plugin.encoderFamilies()) {
        String other = owners.put(name(family), plugin.name());
        if (other != null) {
          throw new PmfException(
              ErrorKind.ENVIRONMENT,
              String.format(
                  Locale.ROOT,
                  "%s is offered by two plugins, %s and %s; remove one of their jars",
                  name(family),
                  other,
                  plugin.name()),
              null);
        }
        families
            .computeIfAbsent(family.modelType(), type -> new TreeMap<>())
            .put(family.modality(), family);
      }
    }
  }

  /** What messages call a family. */
  static String name(EncoderFamily family) {
    return String.format(
        Locale.ROOT, "model_type '%s' for '%s'", family.modelType(), family.modality());
  }

  /** The values of {@code model_type} that are read, sorted. */
  public Set<String> modelTypes() {
    return Collections.unmodifiableSet(families.keySet());
  }

  /** All families, by model_type and then modality. */
  public List<EncoderFamily> all() {
    List<EncoderFamily> all = new ArrayList<>();
    families.values().forEach(byModality -> all.addAll(byModality.values()));
    return Collections.unmodifiableList(all);
  }

  /**
   * The families that read a {@code model_type}, by modality.
   *
   * @return empty if none does
   */
  public Map<String, EncoderFamily> of(String modelType) {
    return Collections.unmodifiableMap(families.getOrDefault(modelType, Map.of()));
  }

  /**
   * The family that reads a {@code model_type} of a modality.
   *
   * @throws PmfException naming those that there are for this modality, if none does
   */
  public EncoderFamily get(String modelType, String modality) {
    EncoderFamily family = of(modelType).get(modality);
    if (family == null) {
      List<String> known =
          all().stream()
              .filter(f -> f.modality().equals(modality))
              .map(EncoderFamily::modelType)
              .toList();
      throw PmfException.usage(
          String.format(
              Locale.ROOT,
              "unknown model_type '%s' for %s (%s)",
              modelType,
              modality,
              known.isEmpty() ? "there is none" : "known: " + String.join(", ", known)));
    }
    return family;
  }
}
