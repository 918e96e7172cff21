package org.pmf4j.modalities.text;

import java.nio.file.Path;
import org.pmf4j.modalities.directory.SettingsFiles;

/** The tokenizer.json of a folder with a vocab.txt. */
final class SettingsOfTokenizer {
  private SettingsOfTokenizer() {}

  static void write(Path folder) {
    SettingsFiles directory = new SettingsFiles(folder);
    TokenizerFile file =
        TokenizerFile.read(directory, directory.require("config.json", "it was copied"));
    directory.write("tokenizer.json", file.json());
  }
}
