package org.pmf4j.core.pretrain;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.modality.Pretraining;

/** What an encoder is before it is trained. For one thread at a time. */
public sealed interface InitialEncoder {

  /**
   * Random weights.
   *
   * @param modelType the family, such as {@code vit}
   * @param sizes of the encoder
   */
  record Scratch(String modelType, Pretraining.Sizes sizes) implements InitialEncoder {}

  /**
   * An encoder that is there already and is trained further.
   *
   * @param encoder its directory in the Hugging Face layout, which stays as it is
   * @param stated sizes that it is believed to have, under the names of {@link Pretraining.Sizes};
   *     one that it does not have is refused
   */
  record Existing(Path encoder, Map<String, Integer> stated) implements InitialEncoder {
    /** Takes over an immutable copy in the same order. */
    public Existing {
      stated = Collections.unmodifiableMap(new LinkedHashMap<>(stated));
    }
  }
}
