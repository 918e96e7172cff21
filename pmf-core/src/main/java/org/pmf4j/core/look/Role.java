package org.pmf4j.core.look;

import java.util.Objects;
import java.util.Optional;

/**
 * What a column is for. Immutable, so that any number of threads may share it.
 *
 * @param kind what it holds
 * @param modality what reads it; empty where nothing does
 * @param reason why it is taken for that, in words
 */
public record Role(Kind kind, Optional<String> modality, String reason) {
  /** Refuses null. */
  public Role {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(modality, "modality");
    Objects.requireNonNull(reason, "reason");
  }

  static Role of(Kind kind, String reason) {
    return new Role(kind, Optional.empty(), reason);
  }

  static Role read(Kind kind, String modality, String reason) {
    return new Role(kind, Optional.of(modality), reason);
  }
}
