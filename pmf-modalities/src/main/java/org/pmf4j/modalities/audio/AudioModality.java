package org.pmf4j.modalities.audio;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.modality.Measure;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Preview;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.audio.decode.AudioDecoder;
import org.pmf4j.modalities.audio.feature.FrontEnd;
import org.pmf4j.modalities.directory.SettingsFiles;

/** Audio: a cell is the path of a file. Immutable, so that any number of threads may share it. */
public final class AudioModality implements Modality {
  @Override
  public String name() {
    return "audio";
  }

  @Override
  public String description() {
    return "audio files: " + AudioDecoder.FORMATS;
  }

  @Override
  public Source parse(String cell, Path folder) {
    return Source.File.named(cell, folder);
  }

  @Override
  public void check(Source source) {
    AudioDecoder.check(source);
  }

  @Override
  public Optional<Preview> preview(Source source) {
    return Optional.of(Excerpt.of(source));
  }

  @Override
  public List<Measure> measures(Source source) {
    return AudioDecoder.measures(source);
  }

  @Override
  public Preprocessor preprocessor(Path encoder, String modelType) {
    return new AudioPreprocessor(FrontEnd.of(new SettingsFiles(encoder), modelType));
  }

  @Override
  public Optional<Pretraining> pretraining() {
    return Optional.of(new AudioPretraining());
  }
}
