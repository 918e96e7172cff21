package org.example.series;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;

/** Reads the CSV files: numbers, and a header row where no cell of the first row is one. */
final class SeriesFile {
  private final String name;
  private final List<double[]> steps = new ArrayList<>();
  private int columns;

  private SeriesFile(String name) {
    this.name = name;
  }

  /**
   * Reads a series.
   *
   * @return by time step, the value of each channel
   * @throws PmfException naming file, row and column of what is no number
   */
  static double[][] read(Source source) {
    return new SeriesFile(source.describe()).parse(text(source));
  }

  private static String text(Source source) {
    if (source instanceof Source.Bytes bytes) {
      return new String(bytes.bytes(), StandardCharsets.UTF_8);
    }
    if (source instanceof Source.File file) {
      return text(file.path());
    }
    throw PmfException.input(source.describe() + ": a series is given as a CSV file, not as text");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw PmfException.input(file + ": no such file", e);
    } catch (CharacterCodingException e) {
      throw PmfException.input(file + ": is no text in UTF-8; a series is a CSV file", e);
    } catch (IOException e) {
      throw PmfException.input(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private double[][] parse(String text) {
    String[] rows = text.replace("\uFEFF", "").stripTrailing().split("\\R", -1);
    for (int i = 0; i < rows.length; i++) {
      String[] cells =
          Arrays.stream(rows[i].split(",", -1)).map(String::strip).toArray(String[]::new);
      if (i == 0) {
        columns = cells.length;
      }
      if (cells.length != columns) {
        throw wrong(i, columns + " columns as in row 1 expected, found " + cells.length);
      }
      if (i > 0 || !isHeader(cells)) {
        steps.add(numbers(i, cells));
      }
    }
    if (steps.isEmpty()) {
      throw PmfException.input(name + ": there are no rows of numbers");
    }
    return steps.toArray(double[][]::new);
  }

  private double[] numbers(int row, String[] cells) {
    double[] values = new double[cells.length];
    for (int c = 0; c < values.length; c++) {
      values[c] = number(cells[c]);
      if (!Double.isFinite(values[c])) {
        String found =
            cells[c].isEmpty() ? "the cell is empty" : "'" + cells[c] + "' is no finite number";
        throw wrong(row, "column " + (c + 1) + ": " + found);
      }
    }
    return values;
  }

  private static boolean isHeader(String[] cells) {
    return Arrays.stream(cells).allMatch(c -> !c.isEmpty() && Double.isNaN(number(c)) && !isNan(c));
  }

  private static boolean isNan(String cell) {
    return cell.equalsIgnoreCase("nan");
  }

  /** A number, or NaN for what is none. */
  private static double number(String cell) {
    try {
      return new BigDecimal(cell).doubleValue();
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private PmfException wrong(int row, String what) {
    return PmfException.input(name + ": row " + (row + 1) + ": " + what);
  }
}
