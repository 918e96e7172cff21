package org.pmf4j.modalities.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.modality.Measure;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Preview;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.directory.SettingsFiles;

/** Images: a cell is the path of a file. Immutable, so that any number of threads may share it. */
public final class ImageModality implements Modality {
  @Override
  public String name() {
    return "image";
  }

  @Override
  public String description() {
    return "image files: " + ImageDecoder.FORMATS;
  }

  /** Looks at the header alone. */
  @Override
  public void check(Source source) {
    ImageDecoder.check(source);
  }

  @Override
  public Source parse(String cell, Path folder) {
    return Source.File.named(cell, folder);
  }

  @Override
  public Optional<Preview> preview(Source source) {
    return Optional.of(Thumbnail.of(source));
  }

  @Override
  public List<Measure> measures(Source source) {
    return ImageDecoder.measures(source);
  }

  @Override
  public Preprocessor preprocessor(Path encoder, String modelType) {
    return new ImagePreprocessor(PixelValues.of(new SettingsFiles(encoder), modelType));
  }

  @Override
  public Optional<Pretraining> pretraining() {
    return Optional.of(new ImagePretraining());
  }
}
