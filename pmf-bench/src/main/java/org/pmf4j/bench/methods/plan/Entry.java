package org.pmf4j.bench.methods.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A method as the user named it, which may stand for several variants. Immutable, so that any
 * number of threads may share it.
 *
 * @param name of its rows; empty for the method's
 * @param method the fusion method
 * @param on the encoders; empty for what is usual for the method
 * @param settings of the method that differ
 * @param training settings of training that differ
 * @param cached whether it may train from cached trunk outputs
 */
public record Entry(
    Optional<String> name,
    String method,
    Optional<On> on,
    Map<String, Object> settings,
    Map<String, Object> training,
    boolean cached) {
  /** Copies the maps. */
  public Entry {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
  }

  /** The short form: a method as it is. */
  public static Entry of(String method) {
    return new Entry(Optional.empty(), method, Optional.empty(), Map.of(), Map.of(), true);
  }

  /** This entry, computing the frozen layers anew in every epoch. */
  public Entry withoutCache() {
    return new Entry(name, method, on, settings, training, false);
  }

  /** Which encoders a method is built on. */
  public sealed interface On {
    /** All of them together. */
    record All() implements On {}

    /** Each of them alone, in a row of its own. */
    record Each() implements On {}

    /** Each of them alone, and all together. */
    record EachAndAll() implements On {}

    /**
     * Some of them together.
     *
     * @param names one or more
     */
    record Some(List<String> names) implements On {
      /** Copies the list. */
      public Some {
        names = List.copyOf(names);
      }
    }
  }
}
