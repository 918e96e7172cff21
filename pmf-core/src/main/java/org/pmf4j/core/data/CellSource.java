package org.pmf4j.core.data;

import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.json.Surrogates;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.table.Cell;

/**
 * Makes sources of cells. A modality that reads files takes objects with {@code bytes} and {@code
 * path} too, as the datasets library has them: bytes win, in base64 or as a list of numbers, and
 * the path is then a name only. In CSV such an object is the text that Python prints of it.
 *
 * <p>Immutable, so that any number of threads may share it.
 *
 * @param modality that reads the column
 * @param files that cells name
 */
public record CellSource(Modality modality, CellFiles files) {
  private static final String BYTES = "bytes";
  private static final String PATH = "path";
  private static final Pattern DATA_URL = Pattern.compile("data:[^,]{0,100};base64,");
  private static final Pattern OBJECT =
      Pattern.compile("\\{\\s*['\"](?:bytes|path)['\"]\\s*:.*\\}", Pattern.DOTALL);

  /**
   * Sources of files of this machine.
   *
   * @param folder the table's, which relative paths start from
   */
  public CellSource(Modality modality, Path folder) {
    this(modality, CellFiles.in(folder));
  }

  /**
   * The source of a cell that is not blank.
   *
   * @param place for messages about what has no name of its own
   * @throws PmfException saying what is wrong, without the place
   */
  public Source of(Cell cell, String place) {
    if (cell instanceof Cell.Scalar scalar) {
      if (scalar.isNoNumber()) {
        throw PmfException.input(
            scalar.text()
                + " is no value; leave the cell blank, or write null, where there is none");
      }
      requireCharacters(scalar.text());
      if (readsFiles() && OBJECT.matcher(scalar.text().strip()).matches()) {
        return object(PythonLiteral.object(scalar.text().strip()), place);
      }
      return files.source(modality, scalar.text());
    }
    if (cell instanceof Cell.Items items) {
      throw PmfException.input(
          items.items().isEmpty()
              ? "an empty list, which is no value; write null where there is none"
              : "a list; one value is needed");
    }
    if (!readsFiles()) {
      throw PmfException.input(
          cell instanceof Cell.Bytes ? "bytes; a text is needed" : "an object; a text is needed");
    }
    if (cell instanceof Cell.Bytes bytes) {
      return new Source.Bytes(bytes.name().isBlank() ? place : bytes.name(), bytes.bytes());
    }
    return object(((Cell.Fields) cell).fields(), place);
  }

  /**
   * The source of several cells, not all of them blank.
   *
   * @param cells by column
   * @throws PmfException saying what is wrong, without the place
   */
  public Source of(Map<String, Cell> cells) {
    Map<String, String> texts = new LinkedHashMap<>();
    cells.forEach(
        (column, cell) -> {
          boolean number = cell instanceof Cell.Scalar scalar && scalar.isNoNumber();
          if (number || !(cell instanceof Cell.Scalar)) {
            throw PmfException.input(
                Quote.name(column) + " is no value: " + Quote.value(cell.text()));
          }
          requireCharacters(cell.text());
          texts.put(column, cell.isBlank() ? "" : cell.text());
        });
    return modality.parseRow(texts, files.folder());
  }

  /**
   * Refuses halves of surrogate pairs, which JSON can write, and of which every tool makes
   * something else.
   *
   * @throws PmfException saying so
   */
  static void requireCharacters(String text) {
    if (!Surrogates.arePaired(text)) {
      throw PmfException.input(
          Quote.value(text) + " has half of a surrogate pair, which is no character");
    }
  }

  /** Whether cells are paths of files. */
  public boolean readsFiles() {
    return modality.parse(BYTES, files.folder()) instanceof Source.File;
  }

  private Source object(Map<String, Cell> fields, String place) {
    TreeSet<String> others = new TreeSet<>(fields.keySet());
    others.removeAll(List.of(BYTES, PATH));
    if (!others.isEmpty()) {
      throw PmfException.input(
          "an object with "
              + String.join(", ", others.stream().limit(5).map(Quote::name).toList())
              + "; \"bytes\" in base64 or \"path\" is read, as in the datasets library without"
              + " decoding (cast_column with decode=False)");
    }
    Cell bytes = fields.getOrDefault(BYTES, Cell.none());
    Cell path = fields.getOrDefault(PATH, Cell.none());
    if (!bytes.isBlank()) {
      String name = path.isBlank() ? place : path.text();
      return new Source.Bytes(name, bytes(bytes));
    }
    if (path.isBlank() || !(path instanceof Cell.Scalar)) {
      throw PmfException.input(
          "an object without \"bytes\" and \"path\"; write null where there is no value");
    }
    return files.source(modality, path.text());
  }

  private static byte[] bytes(Cell cell) {
    if (cell instanceof Cell.Items items) {
      byte[] bytes = new byte[items.items().size()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = octet(items.items().get(i));
      }
      return bytes;
    }
    String text = cell.text();
    Matcher url = DATA_URL.matcher(text);
    String base64 = url.lookingAt() ? text.substring(url.end()) : text;
    try {
      boolean forUrls = base64.indexOf('-') >= 0 || base64.indexOf('_') >= 0;
      return forUrls
          ? Base64.getUrlDecoder().decode(base64.strip())
          : Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw PmfException.input("\"bytes\" is not base64; write it so, or give \"path\"", e);
    }
  }

  private static byte octet(Cell cell) {
    if (cell instanceof Cell.Scalar s && s.kind() == Cell.Kind.NUMBER) {
      try {
        int value = Integer.parseInt(s.text());
        if (value >= 0 && value <= 255) {
          return (byte) value;
        }
      } catch (NumberFormatException e) {
        // Told below
      }
    }
    throw PmfException.input("\"bytes\" is a list of other things than numbers from 0 to 255");
  }
}
