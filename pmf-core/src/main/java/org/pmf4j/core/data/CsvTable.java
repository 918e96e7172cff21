package org.pmf4j.core.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.file.FileErrors;

/** CSV as RFC 4180 has it: UTF-8 with or without a byte order mark, a header row, quoted cells. */
final class CsvTable {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .get();

  private CsvTable() {}

  static List<Table.Row> read(Path file, Table.Needed needed) {
    try (Reader reader = open(file);
        CSVParser parser = CSVParser.parse(reader, FORMAT)) {
      List<String> header = parser.getHeaderNames();
      if (header.isEmpty()) {
        throw PmfException.input(file + ": the file is empty; the first row names the columns");
      }
      for (String column : needed.all()) {
        if (!header.contains(column)) {
          throw Table.missingColumn(file.toString(), column, header);
        }
      }
      List<Table.Row> rows = new ArrayList<>();
      for (CSVRecord r : parser) {
        rows.add(row(file, header, r));
      }
      return rows;
    } catch (UncheckedIOException e) {
      throw broken(file, e.getCause());
    } catch (IOException e) {
      throw broken(file, e);
    } catch (IllegalArgumentException e) {
      throw PmfException.input(file + ": not a CSV table: " + e.getMessage(), e);
    }
  }

  private static PmfException broken(Path file, IOException e) {
    return e instanceof CSVException
        ? PmfException.input(file + ": not a CSV table: " + e.getMessage(), e)
        : FileErrors.cannotRead(file, e);
  }

  private static Table.Row row(Path file, List<String> header, CSVRecord r) {
    String place = file + " row " + r.getRecordNumber();
    if (r.size() != header.size()) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: %d cells, but the header has %d columns; quote cells that contain commas",
              place,
              r.size(),
              header.size()));
    }
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      cells.put(header.get(i), r.get(i));
    }
    return new Table.Row(place, cells);
  }

  private static Reader open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    in = new BufferedInputStream(in);
    in.mark(3);
    byte[] start = in.readNBytes(3);
    boolean mark =
        start.length == 3
            && start[0] == (byte) 0xEF
            && start[1] == (byte) 0xBB
            && start[2] == (byte) 0xBF;
    if (!mark) {
      in.reset();
    }
    return new InputStreamReader(
        in,
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }
}
