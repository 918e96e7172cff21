package org.pmf4j.modalities.tabular;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.directory.SettingsFiles;

/**
 * Rows of a table: some of its columns, or a JSON object in a cell. Immutable, so that any number
 * of threads may share it.
 */
public final class TabularModality implements Modality {
  @Override
  public String name() {
    return "tabular";
  }

  @Override
  public String description() {
    return "numbers, categories and dates in columns of the table, or {\"column\": value} in one";
  }

  @Override
  public Source parse(String cell, Path folder) {
    return new Source.Text(cell.strip());
  }

  @Override
  public boolean readsRows() {
    return true;
  }

  @Override
  public Source parseRow(Map<String, String> cells, Path folder) {
    return new Source.Row(cells);
  }

  @Override
  public Preprocessor preprocessor(Path encoder, String modelType) {
    return new TabularPreprocessor(Schema.read(new SettingsFiles(encoder)));
  }

  @Override
  public Optional<Pretraining> pretraining() {
    return Optional.of(new TabularPretraining());
  }
}
