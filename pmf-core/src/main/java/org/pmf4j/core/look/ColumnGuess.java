package org.pmf4j.core.look;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.table.Cell;
import org.pmf4j.core.data.CellSource;
import org.pmf4j.core.data.SourceFault;
import org.pmf4j.core.split.Part;

/** Guesses what a column holds, from some of its cells. Immutable; any thread may use it. */
final class ColumnGuess {
  private static final int FILES = 20;
  private static final int FEW_VALUES = 20;

  /** Categories have few words. */
  private static final int SHORT = 4;

  private static final Map<String, String> ENDINGS = endings();

  private final Map<String, Modality> readers;
  private final Path folder;

  /**
   * A guess for one table.
   *
   * @param modalities by name
   * @param folder which relative paths start from
   */
  ColumnGuess(Map<String, Modality> modalities, Path folder) {
    this.readers = new LinkedHashMap<>();
    modalities.forEach(
        (name, modality) -> {
          if (new CellSource(modality, folder).readsFiles()) {
            readers.put(name, modality);
          }
        });
    this.folder = folder;
  }

  private static Map<String, String> endings() {
    Map<String, String> all = new LinkedHashMap<>();
    List.of(".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif")
        .forEach(end -> all.put(end, "image"));
    List.of(".wav", ".flac", ".mp3", ".ogg", ".oga").forEach(end -> all.put(end, "audio"));
    return all;
  }

  /**
   * What a column holds.
   *
   * @param cells some of its cells that are not blank
   */
  Role of(List<Cell> cells) {
    if (cells.isEmpty()) {
      return Role.of(Kind.EMPTY, "blank in the rows that were looked at");
    }
    return files(cells).or(() -> endings(cells)).orElseGet(() -> values(cells));
  }

  private Optional<Role> files(List<Cell> cells) {
    List<Cell> some = cells.subList(0, Math.min(FILES, cells.size()));
    String best = null;
    int most = 0;
    for (Map.Entry<String, Modality> reader : readers.entrySet()) {
      CellSource sources = new CellSource(reader.getValue(), folder);
      int read = (int) some.stream().filter(c -> isRead(c, sources, reader.getValue())).count();
      if (read > most) {
        best = reader.getKey();
        most = read;
      }
    }
    if (2 * most < some.size() || most == 0) {
      return Optional.empty();
    }
    String reason =
        String.format(Locale.ROOT, "%d of %d looked at are read as %s", most, some.size(), best);
    return Optional.of(Role.read(Kind.FILE, best, reason));
  }

  private static boolean isRead(Cell cell, CellSource sources, Modality modality) {
    try {
      return SourceFault.of(sources.of(cell, ""), modality).isEmpty();
    } catch (PmfException e) {
      return false;
    }
  }

  private Optional<Role> endings(List<Cell> cells) {
    for (Map.Entry<String, String> ending : ENDINGS.entrySet()) {
      long ends =
          cells.stream()
              .filter(c -> c.text().strip().toLowerCase(Locale.ROOT).endsWith(ending.getKey()))
              .count();
      if (2 * ends >= cells.size() && readers.containsKey(ending.getValue())) {
        return Optional.of(
            Role.read(Kind.FILE, ending.getValue(), "most cells end in " + ending.getKey()));
      }
    }
    return Optional.empty();
  }

  private static Role values(List<Cell> cells) {
    if (cells.stream().anyMatch(c -> !(c instanceof Cell.Scalar))) {
      return Role.of(Kind.OTHER, "a cell has a list, an object or bytes");
    }
    List<String> texts = cells.stream().map(c -> c.text().strip()).toList();
    Set<String> different = new HashSet<>(texts);
    if (texts.stream().allMatch(t -> Part.named(t).isPresent()) && different.size() > 1) {
      return Role.of(
          Kind.PART, "its cells are " + String.join(", ", different.stream().sorted().toList()));
    }
    boolean each = texts.size() > FEW_VALUES && 2 * different.size() > texts.size();
    if (texts.stream().allMatch(t -> Values.number(t).isPresent())) {
      return each && count(texts)
          ? Role.of(Kind.IDENTIFIER, "its numbers count the rows")
          : Role.read(Kind.NUMBER, Values.TABULAR, "all cells looked at are numbers");
    }
    double words = texts.stream().mapToInt(Values::words).average().orElse(0);
    String values =
        String.format(
            Locale.ROOT, "%d different values in %d cells", different.size(), texts.size());
    if (each && words == 1) {
      return Role.of(Kind.IDENTIFIER, values + ", each of one word");
    }
    boolean few = 2 * different.size() <= texts.size();
    if (few && words <= SHORT || words == 1) {
      return Role.read(Kind.CATEGORY, Values.TABULAR, values);
    }
    return Role.read(
        Kind.TEXT,
        Values.TEXT,
        String.format(Locale.ROOT, "%.0f words in the mean", Math.max(1, words)));
  }

  private static boolean count(List<String> texts) {
    double first = Values.number(texts.get(0)).orElseThrow();
    for (int i = 0; i < texts.size(); i++) {
      if (Values.number(texts.get(i)).orElseThrow() != first + i) {
        return false;
      }
    }
    return true;
  }
}
