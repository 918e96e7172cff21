package org.pmf4j.modalities.text;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pmf4j.api.modality.Measure;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.modalities.directory.SettingsFiles;

/** Text: a cell is the text itself. Immutable, so that any number of threads may share it. */
public final class TextModality implements Modality {
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

  @Override
  public String name() {
    return "text";
  }

  @Override
  public String description() {
    return "plain text, cut into tokens by the encoder's tokenizer.json, vocab.txt or vocab.json";
  }

  @Override
  public Source parse(String cell, Path folder) {
    return new Source.Text(cell);
  }

  @Override
  public List<Measure> measures(Source source) {
    if (!(source instanceof Source.Text text)) {
      return List.of();
    }
    long words = Arrays.stream(SPACE.split(text.text())).filter(word -> !word.isEmpty()).count();
    return List.of(
        new Measure("length", "words", words),
        new Measure("length", "characters", text.text().codePointCount(0, text.text().length())));
  }

  @Override
  public Preprocessor preprocessor(Path encoder, String modelType) {
    return TextPreprocessor.of(new SettingsFiles(encoder), TextSettings.DEFAULT);
  }

  @Override
  public List<Setting<?>> settings() {
    return TextSettings.ALL;
  }

  @Override
  public Preprocessor preprocessor(Path encoder, String modelType, Settings settings) {
    return TextPreprocessor.of(new SettingsFiles(encoder), TextSettings.of(settings));
  }

  @Override
  public Optional<Pretraining> pretraining() {
    return Optional.of(new TextPretraining());
  }
}
