package org.pmf4j.spark.executor;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.encoder.KnownEncoder;

/**
 * An encoder as a driver names it and every executor finds it. Immutable, so that any number of
 * threads may share it.
 *
 * @param place its folder on any Hadoop file system, or {@code hf:org/name}
 * @param known what the driver has seen there
 */
public record EncoderPlace(String place, KnownEncoder known) implements Serializable {
  /** An encoder as the driver sees it. */
  public static EncoderPlace of(String place, EncoderSpec spec) {
    return new EncoderPlace(place, KnownEncoder.of(spec));
  }

  /**
   * The encoder on this machine, without its weights.
   *
   * @param name of it
   * @throws org.pmf4j.api.error.PmfException if it is missing here, or another one than the driver
   *     has seen
   */
  public EncoderSpec spec(String name, EncoderLoader loader, Configuration hadoop) {
    EncoderSpec spec = loader.spec(name, Places.local(place, hadoop), known.settings());
    known.requireSame(name, spec);
    return spec;
  }
}
