package org.example.series;

import java.nio.file.Path;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Source;

/** Time series: a cell is the path of a CSV file. */
public final class SeriesModality implements Modality {
  @Override
  public String name() {
    return "series";
  }

  @Override
  public String description() {
    return "time series: CSV files with a column for each channel and a row for each time step";
  }

  @Override
  public Source parse(String cell, Path folder) {
    return Source.File.named(cell, folder);
  }

  @Override
  public Preprocessor preprocessor(Path encoder, String modelType) {
    Path file = encoder.resolve(SeriesSettings.FILE);
    return new SeriesPreprocessor(SeriesSettings.of(EncoderConfig.read(file)));
  }

  @Override
  public Optional<Pretraining> pretraining() {
    return Optional.of(new SeriesPretraining());
  }
}
