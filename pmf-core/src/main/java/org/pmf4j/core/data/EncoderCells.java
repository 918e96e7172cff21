package org.pmf4j.core.data;

import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.table.Cell;

/**
 * Makes sources of what a row has in the columns of an encoder. Immutable, so that any number of
 * threads may share it.
 *
 * @param modalities by encoder, what reads its cells
 * @param columns that they read
 * @param files that cells name
 */
public record EncoderCells(Map<String, Modality> modalities, Columns columns, CellFiles files) {
  /**
   * The source of one encoder.
   *
   * @param cells by column, those that it reads, not all of them blank
   * @param place for messages about what has no name of its own
   * @throws PmfException saying what is wrong, without the place
   */
  public Source source(String encoder, Map<String, Cell> cells, String place) {
    CellSource source = new CellSource(modalities.get(encoder), files);
    boolean several = cells.size() > 1;
    return several || columns.names(encoder) && modalities.get(encoder).readsRows()
        ? source.of(cells)
        : source.of(cells.values().iterator().next(), place);
  }
}
