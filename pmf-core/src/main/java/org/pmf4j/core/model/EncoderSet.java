package org.pmf4j.core.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.encoder.MatrixPrecision;

/** Several encoders by modality, loaded together or not at all. */
public final class EncoderSet {
  private EncoderSet() {}

  /**
   * Loads encoders.
   *
   * @param directories by modality, in order
   * @return encoders which the caller closes
   */
  public static Named<LoadedEncoder> load(
      EncoderLoader loader, Map<String, Path> directories, MatrixPrecision precision) {
    Map<String, LoadedEncoder> loaded = new LinkedHashMap<>();
    try {
      directories.forEach((name, path) -> loaded.put(name, loader.load(path, precision)));
      return Named.of(loaded);
    } catch (RuntimeException e) {
      loaded.values().forEach(LoadedEncoder::close);
      throw e;
    }
  }

  /**
   * What must be known of encoders to find and recognize them again.
   *
   * @param model the directory of the model, which relative sources start from
   */
  public static List<AdapterConfig.Base> describe(Named<LoadedEncoder> encoders, Path model) {
    return encoders.asMap().entrySet().stream()
        .map(
            e ->
                new AdapterConfig.Base(
                    e.getKey(),
                    e.getValue().directory().modelType(),
                    source(e.getValue().directory().path(), model),
                    e.getValue().directory().fingerprint(),
                    e.getValue().preprocessor().fingerprint()))
        .toList();
  }

  private static String source(Path encoder, Path model) {
    Path from = model.toAbsolutePath().normalize();
    Path to = encoder.toAbsolutePath().normalize();
    try {
      return from.relativize(to).toString().replace('\\', '/');
    } catch (IllegalArgumentException e) {
      return to.toString();
    }
  }
}
