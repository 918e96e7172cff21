package org.pmf4j.core.look;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.Fingerprint;
import org.pmf4j.api.modality.Measure;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.table.Cell;
import org.pmf4j.core.data.CellSource;
import org.pmf4j.core.data.ContentHash;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.SourceFault;

/**
 * Looks at the cells of one column. Immutable, so that any number of threads may share it.
 *
 * @param modality that reads them; empty where nothing does
 * @param tokens what cuts them into tokens, where these are counted
 * @param folder which relative paths start from
 */
record CellLook(Optional<Modality> modality, Optional<Preprocessor> tokens, Path folder) {

  Looked of(Cell cell, String place) {
    if (modality.isEmpty() || cell.isBlank()) {
      return Looked.plain(cell);
    }
    Modality reader = modality.get();
    try {
      Source source = new CellSource(reader, folder).of(cell, place);
      Optional<String> fault = SourceFault.of(source, reader);
      return fault.isPresent()
          ? Looked.faulty(cell, fault.get())
          : new Looked(
              cell,
              Optional.of(source),
              measures(reader, source, place),
              content(source, cell),
              Optional.empty());
    } catch (PmfException e) {
      if (e.kind() != ErrorKind.INPUT && e.kind() != ErrorKind.ENVIRONMENT) {
        throw e;
      }
      return Looked.faulty(cell, e.getMessage());
    }
  }

  private List<Measure> measures(Modality reader, Source source, String place) {
    List<Measure> all = new ArrayList<>(reader.measures(source));
    tokens.ifPresent(
        t -> {
          Example row = new Example(place, Map.of(reader.name(), source), Optional.empty());
          all.add(new Measure("length", "tokens", t.length(row.prepare(reader.name(), t))));
        });
    return all;
  }

  /** The bytes of a file count, whatever it is called. */
  private static String content(Source source, Cell cell) {
    if (source instanceof Source.File file && Files.isRegularFile(file.path())) {
      return Fingerprint.of(file.path());
    }
    if (source instanceof Source.Bytes bytes) {
      return ContentHash.of(bytes.bytes());
    }
    return cell.text().strip();
  }
}
