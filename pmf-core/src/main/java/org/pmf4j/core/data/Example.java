package org.pmf4j.core.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;

/**
 * One row of a table.
 *
 * @param place where it stands, for messages, such as {@code train.csv row 7}
 * @param sources by modality; what is missing is absent
 * @param label the label's text, if the table has labels
 */
public record Example(String place, Map<String, Source> sources, Optional<String> label) {
  /** Copies the map. */
  public Example {
    sources = Map.copyOf(sources);
  }

  /** The value of one modality; empty where it is missing. */
  public Optional<Source> source(String modality) {
    return Optional.ofNullable(sources.get(modality));
  }

  /**
   * The value of one modality.
   *
   * @throws PmfException if it is missing
   */
  public Source requireSource(String modality) {
    return source(modality).orElseThrow(() -> PmfException.input(place + ": no " + modality));
  }

  /** This example as if some modalities were missing. */
  public Example without(Set<String> modalities) {
    Map<String, Source> rest = new LinkedHashMap<>(sources);
    rest.keySet().removeAll(modalities);
    return new Example(place, rest, label);
  }

  /**
   * The label's text.
   *
   * @throws PmfException if there is none
   */
  public String requireLabel() {
    return label.orElseThrow(() -> PmfException.input(place + ": no label"));
  }
}
