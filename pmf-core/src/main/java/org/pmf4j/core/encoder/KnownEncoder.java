package org.pmf4j.core.encoder;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.error.PmfException;

/**
 * An encoder as one process tells others of it, which have its files in places of their own.
 * Immutable, so that any number of threads may share it; it may be sent to another process.
 *
 * @param fingerprint of its directory
 * @param settings all of its settings, by name
 */
public record KnownEncoder(String fingerprint, Map<String, Object> settings)
    implements Serializable {
  /** Copies the map. */
  public KnownEncoder {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** What is to be told of an encoder. */
  public static KnownEncoder of(EncoderSpec spec) {
    return new KnownEncoder(spec.directory().fingerprint(), spec.settings().toMap());
  }

  /**
   * Refuses an encoder of this process that is another.
   *
   * @param name of it
   * @throws PmfException naming its directory
   */
  public void requireSame(String name, EncoderSpec here) {
    if (!here.directory().fingerprint().equals(fingerprint)) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: is not the encoder %s of this run: its weights or its configuration differ from"
                  + " those on the driver; give all machines the same, or put it where all of them"
                  + " read it",
              here.path(),
              name));
    }
  }
}
