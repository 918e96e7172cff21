package org.pmf4j.core.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.file.OutputPlace;

/**
 * A table all of whose rows are held, as {@link Opening} finds its format.
 *
 * <p>A row may lack some of the modalities, by a cell that is blank, null or not there; it needs
 * one of them at least. Nothing else is missing: a cell that cannot be understood is an error, and
 * so is a text such as {@code None} where a file is to be. Immutable, so that any number of threads
 * may share it.
 *
 * @param location where it stands
 * @param columns names by position, blank where the header has none; in JSON the keys of all rows
 * @param examples its rows
 */
public record Table(TableLocation location, List<String> columns, List<Example> examples) {
  /** Copies the lists. */
  public Table {
    columns = List.copyOf(columns);
    examples = List.copyOf(examples);
  }

  /** Whether a table must have labels. */
  public enum Labelled {
    /** Every row has one. */
    REQUIRED,
    /** Labels are read where there are some that can be read. */
    OPTIONAL
  }

  /**
   * Reads CSV or JSON without a look at the files that it names.
   *
   * @param columns by column, the modality that reads its cells; other columns are ignored
   * @throws PmfException naming file, row and column of the first ten that are wrong, and how many
   *     more: a missing or empty file, a missing column, a blank label, a row without any modality,
   *     a row or cell that cannot be read
   */
  public static Table read(Path file, Map<String, Modality> columns, Labelled labelled) {
    return read(TableReader.DEFAULT, TableLocation.of(file), columns, labelled);
  }

  /**
   * Reads a table without a look at the files that it names.
   *
   * @param modalities by encoder, what reads its cells
   * @throws PmfException as {@link #read(Path, Map, Labelled)} does
   */
  static Table read(
      TableReader reader,
      TableLocation table,
      Map<String, Modality> modalities,
      Labelled labelled) {
    Problems problems = new Problems();
    Table read = reader.read(table, modalities, labelled, problems);
    problems.report();
    return read;
  }

  /**
   * Refuses an output that is one of the files that the rows name, or in one of the folders.
   *
   * @throws PmfException naming it
   */
  public void requireNotNamed(Path out) {
    requireNotNamed(examples, out);
  }

  /**
   * Refuses an output that is one of the files that rows name, or in one of the folders.
   *
   * @throws PmfException naming it
   */
  public static void requireNotNamed(List<Example> examples, Path out) {
    boolean replaces = Files.exists(out);
    OutputPlace named = new OutputPlace();
    for (Example example : examples) {
      for (Source source : example.sources().values()) {
        if (source instanceof Source.File f && Files.isDirectory(f.path())) {
          named.folder("what " + example.place() + " names", f.path());
        } else if (replaces && source instanceof Source.File f) {
          named.file("a file that " + example.place() + " names", f.path());
        }
      }
    }
    named.requireFile(out);
  }
}
