package org.pmf4j.core.data;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.file.Fingerprint;
import org.pmf4j.api.table.Cell;

/**
 * A folder with a folder for each class, whose files are the rows. What is hidden is passed over.
 */
final class FolderRows implements Rows {
  /** What the datasets library takes for parts of a data set. */
  private static final Set<String> SPLITS =
      Set.of("train", "training", "validation", "valid", "val", "dev", "test", "testing", "eval");

  private static final Set<String> HIDDEN = Set.of("thumbs.db", "desktop.ini", "__macosx");

  private final List<String> columns;
  private final Deque<Path> classes;
  private final Deque<Path> files = new ArrayDeque<>();
  private String label = "";

  private FolderRows(List<String> columns, List<Path> classes) {
    this.columns = columns;
    this.classes = new ArrayDeque<>(classes);
  }

  /**
   * Opens a folder of classes, or one with a {@code metadata} table.
   *
   * @throws PmfException naming what in it is not understood
   */
  static Rows open(Path folder, Opening how) {
    List<Path> entries = entries(folder);
    List<Path> metadata =
        entries.stream().filter(FolderRows::isMetadata).filter(how::reads).toList();
    if (metadata.size() > 1) {
      throw PmfException.input(
          folder + ": has both " + names(metadata) + ", and one is read; remove the other");
    }
    if (metadata.size() == 1) {
      return MetadataRows.open(metadata.get(0), how);
    }
    requireNoSplits(folder, entries);
    for (Path entry : entries) {
      if (!Files.isDirectory(entry)) {
        throw PmfException.input(
            String.format(
                Locale.ROOT,
                "%s: beside the folders of classes there is the file %s; put it into one of them,"
                    + " or write a metadata.csv with the column file_name",
                folder,
                Quote.value(String.valueOf(entry.getFileName()))));
      }
    }
    if (how.fileColumns().size() != 1) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: a folder of classes has the files of one encoder, and %s; write a metadata.csv"
                  + " with columns such as image_file_name and audio_file_name",
              folder,
              how.fileColumns().isEmpty()
                  ? "no encoder reads files"
                  : String.join(" and ", how.fileColumns()) + " are read from files"));
    }
    return new FolderRows(
        List.of(how.fileColumns().get(0), how.options().columns().label()), entries);
  }

  private static boolean isMetadata(Path file) {
    return String.valueOf(file.getFileName()).startsWith("metadata.");
  }

  private static void requireNoSplits(Path folder, List<Path> entries) {
    boolean splits =
        entries.stream()
            .allMatch(
                e ->
                    Files.isDirectory(e)
                        && SPLITS.contains(
                            String.valueOf(e.getFileName()).toLowerCase(Locale.ROOT)));
    if (entries.isEmpty()) {
      throw PmfException.input(folder + ": the folder is empty; each class is a folder in it");
    }
    if (splits) {
      throw PmfException.input(
          folder
              + ": has the parts "
              + names(entries)
              + "; name one of them, such as "
              + entries.get(0));
    }
  }

  private static String names(List<Path> paths) {
    return String.join(", ", paths.stream().map(p -> Quote.name(name(p))).toList());
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** What is in a folder and not hidden, by name. */
  private static List<Path> entries(Path folder) {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = name(entry);
        if (!name.startsWith(".") && !HIDDEN.contains(name.toLowerCase(Locale.ROOT))) {
          all.add(entry);
        }
      }
    } catch (IOException e) {
      throw FileErrors.cannotList(folder, e);
    }
    all.sort(null);
    return all;
  }

  /** Names of what is in it, two levels deep, and the content of its metadata. */
  static String fingerprint(Path folder) {
    StringBuilder all = new StringBuilder();
    for (Path entry : entries(folder)) {
      all.append(name(entry)).append('\n');
      if (Files.isDirectory(entry)) {
        entries(entry).forEach(file -> all.append('\t').append(name(file)).append('\n'));
      } else if (isMetadata(entry)) {
        all.append(Fingerprint.of(List.of(entry))).append('\n');
      }
    }
    return Fingerprint.ofParts(all.toString());
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public Row next() {
    while (files.isEmpty()) {
      if (classes.isEmpty()) {
        return null;
      }
      Path folder = classes.remove();
      label = name(folder);
      files.addAll(entries(folder));
    }
    Path file = files.remove();
    if (Files.isDirectory(file)) {
      throw PmfException.input(
          file + ": a folder in the folder of a class; put its files into that of the class");
    }
    return new Row(
        file.toString(), List.of(Cell.of(file.toAbsolutePath().toString()), Cell.of(label)));
  }

  @Override
  public void close() {
    // Nothing is open between rows
  }
}
