package org.pmf4j.parity;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Encoders of unequal widths and depths, and a table in which every pattern of what is there
 * occurs.
 *
 * @param encoders directories by modality: image (width 16, 3 layers), text (16, 3), audio (12, 2)
 * @param table with a label; 2 rows of each pattern, in mixed order
 */
record MissingData(Map<String, Path> encoders, Path table) {
  private static final Map<String, String> ENCODERS =
      Map.of(
          "image", "pmf/encoders/image-16", "text", "pmf/encoders/text-16", "audio", "missing/ast");

  /** The data of image and text, or of image, text and audio. */
  static MissingData of(List<String> modalities) {
    Map<String, Path> encoders = new LinkedHashMap<>();
    modalities.forEach(m -> encoders.put(m, Fixtures.root().resolve(ENCODERS.get(m))));
    Path table = Fixtures.root().resolve("missing/" + String.join("-", modalities) + ".csv");
    return new MissingData(encoders, table);
  }
}
