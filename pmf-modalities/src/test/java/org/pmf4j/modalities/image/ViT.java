package org.pmf4j.modalities.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pmf4j.api.modality.Preprocessor;

/** A preprocessor to 24 × 20 pixels for tests. */
final class ViT {
  private ViT() {}

  static Preprocessor preprocessor(Path folder) {
    return preprocessor(folder, "{\"size\": {\"height\": 20, \"width\": 24}}");
  }

  static Preprocessor preprocessor(Path folder, String json) {
    try {
      Files.writeString(folder.resolve("preprocessor_config.json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ImageModality().preprocessor(folder, "vit");
  }
}
