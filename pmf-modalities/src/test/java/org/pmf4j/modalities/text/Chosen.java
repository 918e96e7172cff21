package org.pmf4j.modalities.text;

import java.nio.file.Path;
import java.util.Map;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.setting.Settings;

/** Texts prepared with settings that differ from the defaults. */
final class Chosen {
  private Chosen() {}

  static Preprocessor preprocessor(Path folder, Map<String, ?> chosen) {
    TextModality text = new TextModality();
    return text.preprocessor(
        folder, "bert", Settings.defaults("encoder text", text.settings()).with(chosen));
  }
}
