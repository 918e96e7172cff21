package org.pmf4j.api.modality;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;

/**
 * One raw value of one modality, before any preprocessing. Immutable, so that any number of threads
 * may share it.
 */
public sealed interface Source {
  /** What messages call it: a path, or the beginning of a text. */
  String describe();

  /** A text. */
  record Text(String text) implements Source {
    /** Refuses null. */
    public Text {
      Objects.requireNonNull(text, "text");
    }

    @Override
    public String describe() {
      return text.length() <= 40 ? '"' + text + '"' : '"' + text.substring(0, 40) + "…\"";
    }
  }

  /** A file. */
  record File(Path path) implements Source {
    /** Refuses null. */
    public File {
      Objects.requireNonNull(path, "path");
    }

    /**
     * The file that a cell of a table names.
     *
     * @param cell a path; spaces around it do not count
     * @param folder where relative paths start
     * @throws PmfException if the cell is no path, or none that this process can name
     */
    public static File named(String cell, Path folder) {
      try {
        return new File(folder.resolve(cell.strip()));
      } catch (InvalidPathException e) {
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        boolean ascii = cell.chars().allMatch(c -> c < 128);
        boolean windows = java.io.File.separatorChar == '\\'; // which names files in no locale
        String reason =
            ascii || windows || encoding.equalsIgnoreCase("UTF-8")
                ? " is no path of a file: it has a character that none may have"
                : " cannot be named in the locale of this process ("
                    + encoding
                    + "): set LC_ALL=C.UTF-8, or another locale with UTF-8";
        throw PmfException.input(Quote.value(cell.strip()) + reason, e);
      }
    }

    @Override
    public String describe() {
      return path.toString();
    }
  }

  /**
   * Cells of one row, for a modality that reads several columns.
   *
   * @param cells by column, in the order in which they were asked for; blank where the row has none
   * @since API version 2
   */
  record Row(Map<String, String> cells) implements Source {
    private static final int LONGEST = 60;

    /** Copies the map. */
    public Row {
      cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
    }

    @Override
    public String describe() {
      String all =
          cells.entrySet().stream()
              .map(cell -> cell.getKey() + "=" + cell.getValue().strip())
              .collect(Collectors.joining(", "));
      return all.length() <= LONGEST ? all : all.substring(0, LONGEST) + "…";
    }
  }

  /**
   * Bytes in memory, in the format that a file would have.
   *
   * @param name for messages
   * @param bytes not copied; must not change
   */
  record Bytes(String name, byte[] bytes) implements Source {
    @Override
    public String describe() {
      return name;
    }
  }

  /**
   * Bytes that are kept elsewhere until they are needed, which is how a host holds the rows of a
   * large table. A modality or a preprocessor is never handed one, but what {@link #read} gives.
   *
   * @param name for messages
   * @param sha256 of the bytes, in hexadecimal digits
   * @param kept reads them, in the format that a file would have; any thread may call it
   * @since API version 2
   */
  record Stored(String name, String sha256, Supplier<byte[]> kept) implements Source {
    /**
     * The bytes.
     *
     * @throws PmfException if they can be read no more
     */
    public Bytes read() {
      return new Bytes(name, kept.get());
    }

    @Override
    public String describe() {
      return name;
    }
  }
}
