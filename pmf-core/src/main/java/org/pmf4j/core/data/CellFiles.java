package org.pmf4j.core.data;

import java.nio.file.Path;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;

/**
 * Where the files are that cells of a table name: below a folder of this machine, or wherever else
 * an implementation finds them. Several threads may use it at once.
 */
@FunctionalInterface
public interface CellFiles {
  /** Where relative paths of this machine start. */
  Path folder();

  /**
   * What a cell says that is a text.
   *
   * @param modality that reads it
   * @param cell a path of a file where that is what the modality reads, else its value
   * @throws org.pmf4j.api.error.PmfException saying what is wrong, without the cell's place
   */
  default Source source(Modality modality, String cell) {
    return modality.parse(cell, folder());
  }

  /** Files of this machine. */
  static CellFiles in(Path folder) {
    return () -> folder;
  }
}
