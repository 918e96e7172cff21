package org.pmf4j.core.look;

import java.util.List;
import java.util.Optional;
import org.pmf4j.api.modality.Measure;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.table.Cell;

/**
 * What was found of one cell.
 *
 * @param cell as it is written
 * @param source what a modality makes of it; empty where nothing reads it, or it cannot be read
 * @param measures of the source
 * @param content what it is compared by: the text of a cell, or the hash of a file's bytes
 * @param fault why it cannot be read; empty where it can
 */
record Looked(
    Cell cell,
    Optional<Source> source,
    List<Measure> measures,
    String content,
    Optional<String> fault) {

  static Looked plain(Cell cell) {
    String content = cell.isBlank() ? "" : cell.text().strip();
    return new Looked(cell, Optional.empty(), List.of(), content, Optional.empty());
  }

  static Looked faulty(Cell cell, String fault) {
    return new Looked(cell, Optional.empty(), List.of(), cell.text(), Optional.of(fault));
  }
}
