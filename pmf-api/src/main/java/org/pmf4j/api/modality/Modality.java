package org.pmf4j.api.modality;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;

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
   * True if columns that a user names are read by {@link #parseRow}, if it be one alone. By default
   * they are not.
   *
   * @since API version 2
   */
  default boolean readsRows() {
    return false;
  }

  /**
   * Reads the cells of several columns of one row. By default a modality reads one column.
   *
   * @param cells by column, blank where the row has none, but not all of them
   * @param folder the table's folder, which relative paths start from
   * @throws PmfException if it does not read as many columns
   * @since API version 2
   */
  default Source parseRow(Map<String, String> cells, Path folder) {
    if (cells.size() != 1) {
      throw PmfException.usage(
          "a modality of kind "
              + name()
              + " reads one column, not "
              + String.join(", ", cells.keySet()));
    }
    return parse(cells.values().iterator().next(), folder);
  }

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
   * @throws PmfException naming the source and what is wrong with it
   */
  default void check(Source source) {}

  /**
   * What a person sees or hears of a source, for pages that show rows. By default nothing: a text
   * is shown as it is, and of other sources the name. Several threads may call this at once.
   *
   * @param source as {@link #parse} made it, or as a caller gave it
   * @return empty where there is nothing to show
   * @throws org.pmf4j.api.error.PmfException naming the source, if it cannot be read any more
   * @since API version 2
   */
  default Optional<Preview> preview(Source source) {
    return Optional.empty();
  }

  /**
   * How large a source is, for people who look at a table: as far as can be told at little cost,
   * from its header. The same measures for all sources, but for those that a header may lack.
   * Several threads may call this at once. By default nothing is measured.
   *
   * @param source as {@link #parse} made it, or as a caller gave it
   * @throws PmfException naming the source, as {@link #check} does
   * @since API version 2
   */
  default List<Measure> measures(Source source) {
    return List.of();
  }

  /**
   * The preprocessing that belongs to an encoder.
   *
   * @param encoder its directory
   * @param modelType its {@code model_type}, where families of one modality differ
   * @throws PmfException if its files are missing or broken
   */
  Preprocessor preprocessor(Path encoder, String modelType);

  /**
   * What may be chosen of the preprocessing of an encoder, such as how long a text may be. The
   * names {@code modality} and {@code pooling} are the host's.
   *
   * @since API version 2
   */
  default List<Setting<?>> settings() {
    return List.of();
  }

  /**
   * The preprocessing that belongs to an encoder, with what was chosen.
   *
   * @param encoder its directory
   * @param modelType its {@code model_type}, where families of one modality differ
   * @param settings those of {@link #settings}, complete, and perhaps others
   * @throws PmfException if its files are missing or broken, or a setting does not go with them
   * @since API version 2
   */
  default Preprocessor preprocessor(Path encoder, String modelType, Settings settings) {
    return preprocessor(encoder, modelType);
  }

  /** How encoders are trained from scratch on this kind of data, if that is offered. */
  default Optional<Pretraining> pretraining() {
    return Optional.empty();
  }
}
