package org.example.series;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
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
    try {
      return new Source.File(folder.resolve(cell.strip()));
    } catch (InvalidPathException e) {
      throw PmfException.input("\"" + cell.strip() + "\" is no path of a file: " + e.getReason());
    }
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
