package org.pmf4j.core.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.file.Fingerprint;
import org.pmf4j.core.file.OutputPlace;

/**
 * Where a table is: a file, a folder, or a database and what it is asked; and which of its rows are
 * meant. Immutable, so that any number of threads may share it.
 *
 * @param name a path, a URL that begins with {@code jdbc:}, or {@code -} for standard input
 * @param query what a database is asked; empty for all else
 * @param rows those that are read; empty for all
 * @param files that cells name; empty for those of this machine, below {@link #folder()}
 */
public record TableLocation(
    String name, Optional<String> query, Optional<RowSelection> rows, Optional<CellFiles> files) {
  private static final Pattern DATABASE = Pattern.compile("jdbc:[a-z0-9]+:(.*)");

  private static final String STANDARD_INPUT = "-";

  /** Refuses null. */
  public TableLocation {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(files, "files");
  }

  /** All rows of a table. */
  public TableLocation(String name, Optional<String> query) {
    this(name, query, Optional.empty(), Optional.empty());
  }

  /** Some rows of this table. */
  public TableLocation only(RowSelection selection) {
    return new TableLocation(name, query, Optional.of(selection), files);
  }

  /** This table, whose cells name files that are elsewhere than beside it. */
  public TableLocation naming(CellFiles elsewhere) {
    return new TableLocation(name, query, rows, Optional.of(elsewhere));
  }

  /** A file or a folder. */
  public static TableLocation of(Path path) {
    Path here = Path.of("").resolve("." + path.getFileSystem().getSeparator() + path);
    String name = path.toString();
    return new TableLocation(
        name.equals(STANDARD_INPUT) ? here.toString() : name, Optional.empty());
  }

  /**
   * As it is named on a command line.
   *
   * @param query null for none
   * @throws PmfException for standard input, which cannot be read more than once
   */
  public static TableLocation of(String name, String query) {
    if (name.equals(STANDARD_INPUT)) {
      throw PmfException.usage(
          "- is standard input, which predict, evaluate and encode read by --data; name a file"
              + " here");
    }
    return once(name, query);
  }

  /**
   * As it is named on a command line of a command that reads it once: {@code -} is standard input.
   *
   * @param query null for none
   */
  public static TableLocation once(String name, String query) {
    return new TableLocation(name, Optional.ofNullable(query));
  }

  /** Whether it is standard input, which can be read once. */
  public boolean isStandardInput() {
    return name.equals(STANDARD_INPUT);
  }

  /** Whether it is a URL of a database. */
  boolean isUrl() {
    return name.startsWith("jdbc:");
  }

  /**
   * The file or folder; empty for a database in memory and for standard input.
   *
   * @throws PmfException if the name is no path
   */
  public Optional<Path> path() {
    if (isStandardInput()) {
      return Optional.empty();
    }
    Matcher database = DATABASE.matcher(name);
    String path = database.matches() ? database.group(1) : name;
    if (path.isBlank() && database.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(path));
    } catch (InvalidPathException e) {
      throw PmfException.usage(Quote.value(name) + " is no path of a table");
    }
  }

  /** The file or folder that is no URL. */
  Path requirePath() {
    return path().orElseThrow(() -> PmfException.usage("no table is named"));
  }

  /**
   * Checks that something is there, before long work.
   *
   * @throws PmfException if there is no such file or folder
   */
  public void requireThere() {
    path()
        .filter(p -> !Files.exists(p))
        .ifPresent(
            p -> {
              throw PmfException.input(p + ": no such file");
            });
  }

  /** Adds it to what must not be written over. */
  public void keepIn(OutputPlace place, String what) {
    path()
        .ifPresent(
            p -> {
              if (Files.isDirectory(p)) {
                place.folder(what, p);
              } else {
                place.file(what, p);
              }
            });
  }

  /** Where relative paths in cells start. */
  public Path folder() {
    Path here = Path.of("").toAbsolutePath();
    return path()
        .map(Path::toAbsolutePath)
        .map(p -> Files.isDirectory(p) ? p : p.getParent())
        .orElse(here);
  }

  /** The files that cells name. */
  public CellFiles cellFiles() {
    return files.orElseGet(() -> CellFiles.in(folder()));
  }

  /**
   * What tells it from others: of a file its content, of a folder the names in it and the content
   * of its metadata, of a database its file and the query; and the rows, where some are meant.
   *
   * @return in hexadecimal digits
   * @throws PmfException if it cannot be read
   */
  public String fingerprint() {
    Optional<Path> path = path();
    String content =
        path.map(p -> Files.isDirectory(p) ? FolderRows.fingerprint(p) : Fingerprint.of(List.of(p)))
            .orElse("");
    String all = query.map(q -> Fingerprint.ofParts(content, q)).orElse(content);
    return rows.map(r -> Fingerprint.ofParts(all, r.fingerprint())).orElse(all);
  }

  /** Its name in short, for people. */
  public String shortName() {
    return path().map(p -> String.valueOf(p.getFileName())).orElse(toString());
  }

  @Override
  public String toString() {
    return isStandardInput() ? "standard input" : name;
  }
}
