package org.pmf4j.api.modality;

import java.nio.file.Path;
import java.util.Optional;

/** Offered by a plugin: one kind of data. */
public interface Modality {
  /** Its name, which is also the default column: lower-case letters, digits and hyphens. */
  String name();

  /** One line for listings: what it reads. */
  String description();

  /**
   * Reads the cell of a table.
   *
   * @param cell not blank
   * @param folder the table's folder, which relative paths start from
   */
  Source parse(String cell, Path folder);

  /**
   * The preprocessing that belongs to an encoder.
   *
   * @param encoder its directory
   * @param modelType its {@code model_type}, where families of one modality differ
   * @throws org.pmf4j.api.error.PmfException if its files are missing or broken
   */
  Preprocessor preprocessor(Path encoder, String modelType);

  /** How encoders are trained from scratch on this kind of data, if that is offered. */
  default Optional<Pretraining> pretraining() {
    return Optional.empty();
  }
}
