package org.pmf4j.api.modality;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Offered by a plugin: one kind of data. Implementations have no state that changes: several
 * threads may use one at once.
 */
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
   * True if a cell may name a folder, whose files together are one sample: the pictures of a video.
   * The host refuses folders otherwise, before {@link #check} is asked. By default no cell may.
   *
   * @since API version 2
   */
  default boolean takesFolders() {
    return false;
  }

  /**
   * Looks for what is wrong with a source, as far as that can be told at little cost: from its
   * header, without decoding it. So a table can be gone through as a whole before any work begins.
   * A source that passes may still be refused when it is prepared, for what stands further back in
   * it. Several threads may call this at once. By default nothing is looked at.
   *
   * @param source as {@link #parse} made it, or as a caller gave it
   * @throws org.pmf4j.api.error.PmfException naming the source and what is wrong with it
   */
  default void check(Source source) {}

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
