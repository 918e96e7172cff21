package org.pmf4j.modalities.text;

import java.nio.file.Path;
import java.util.Map;
import org.pmf4j.api.modality.Preprocessor;

/** Texts prepared as transformers does it. */
final class AsTransformers {
  private AsTransformers() {}

  /** It never asks for the truncation of a tokenizer.json. */
  static Preprocessor preprocessor(Path folder) {
    return Chosen.preprocessor(folder, Map.of("max-length", "longest"));
  }
}
