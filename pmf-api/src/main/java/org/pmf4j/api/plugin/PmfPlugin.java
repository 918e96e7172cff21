package org.pmf4j.api.plugin;

import java.util.List;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.modality.Modality;

/**
 * What a jar brings. Every method offers nothing by default, so that this interface can grow
 * without breaking anyone. Implementations are public, have a public constructor without arguments,
 * and load no native code before it is needed.
 */
public interface PmfPlugin {
  /** The name shown in listings and messages. */
  String name();

  /** The version shown in listings. */
  default String version() {
    String v = getClass().getPackage().getImplementationVersion();
    return v == null ? "development" : v;
  }

  /** Compute backends. */
  default List<BackendFactory> backends() {
    return List.of();
  }

  /** Kinds of data. */
  default List<Modality> modalities() {
    return List.of();
  }

  /** Kinds of encoders. */
  default List<EncoderFamily> encoderFamilies() {
    return List.of();
  }

  /** Ways to fuse. */
  default List<FusionMethod> fusionMethods() {
    return List.of();
  }
}
