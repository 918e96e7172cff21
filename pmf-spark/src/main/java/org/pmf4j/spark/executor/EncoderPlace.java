package org.pmf4j.spark.executor;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.EncoderSpec;

/**
 * An encoder as a driver names it and every executor finds it. Immutable, so that any number of
 * threads may share it.
 *
 * @param place its folder on any Hadoop file system, or {@code hf:org/name}
 * @param settings all of them, by name
 * @param fingerprint of its files
 */
public record EncoderPlace(String place, Map<String, Object> settings, String fingerprint)
    implements Serializable {
  /** Copies the map. */
  public EncoderPlace {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** An encoder as the driver sees it. */
  public static EncoderPlace of(String place, EncoderSpec spec) {
    return new EncoderPlace(
        place, new LinkedHashMap<>(spec.settings().toMap()), spec.directory().fingerprint());
  }

  /**
   * The encoder on this machine, without its weights.
   *
   * @param name of it
   * @throws PmfException if it is missing here, or another one than the driver has seen
   */
  public EncoderSpec spec(String name, EncoderLoader loader, Configuration hadoop) {
    Path folder = Places.local(place, hadoop);
    EncoderSpec spec = loader.spec(name, folder, settings);
    if (!spec.directory().fingerprint().equals(fingerprint)) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: the %s encoder on this executor is another than the driver has; give all"
                  + " machines the same, or put it where all of them read it",
              folder,
              name));
    }
    return spec;
  }
}
