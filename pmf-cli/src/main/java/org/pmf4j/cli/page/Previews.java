package org.pmf4j.cli.page;

import java.util.Optional;
import org.pmf4j.api.modality.Preview;
import org.pmf4j.api.modality.Source;

/** What a person sees or hears of a row's values. For one thread at a time. */
@FunctionalInterface
public interface Previews {
  /**
   * A preview.
   *
   * @param modality one of a model's, or the column
   * @throws org.pmf4j.api.error.PmfException naming the value, if it cannot be read any more
   */
  Optional<Preview> of(String modality, Source source);
}
