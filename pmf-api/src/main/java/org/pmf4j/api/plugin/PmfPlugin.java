package org.pmf4j.api.plugin;

import java.util.List;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.table.TableFormat;

/**
 * What a jar brings. Every offer is nothing by default, so that this interface can grow without
 * breaking anyone. Implementations are public, have a public constructor without arguments, and
 * load no native code before it is needed. Implementations have no state that changes: several
 * threads may use one at once.
 */
public interface PmfPlugin {
  /**
   * The version of this module's interfaces. It grows whenever something is added to them; what
   * plugins of older versions use is kept.
   */
  int API_VERSION = 2;

  /** The name shown in listings and messages. */
  String name();

  /**
   * The version of the interfaces that the plugin was compiled against. The body is {@code return
   * API_VERSION;} in every plugin, and cannot be inherited: the compiler copies the constant into
   * the class that names it, so that the plugin's own class keeps the version of its build. A host
   * of an older version leaves the plugin out and says so.
   */
  int apiVersion();

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

  /**
   * Formats of tables.
   *
   * @since API version 2
   */
  default List<TableFormat> tableFormats() {
    return List.of();
  }
}
