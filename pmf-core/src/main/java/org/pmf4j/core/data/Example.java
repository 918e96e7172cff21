package org.pmf4j.core.data;

import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;

/**
 * One row of a table.
 *
 * @param place where it stands, for messages, such as {@code train.csv row 7}
 * @param sources by modality
 * @param label the label's text, if the table has labels
 */
public record Example(String place, Map<String, Source> sources, Optional<String> label) {
  /** Copies the map. */
  public Example {
    sources = Map.copyOf(sources);
  }

  /**
   * The value of one modality.
   *
   * @throws PmfException if the example has none
   */
  public Source source(String modality) {
    Source source = sources.get(modality);
    if (source == null) {
      throw PmfException.input(place + ": no " + modality);
    }
    return source;
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
