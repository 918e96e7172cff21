package org.pmf4j.core.look;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.table.Cell;
import org.pmf4j.core.data.CellHash;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Row;
import org.pmf4j.core.data.TableScan;
import org.pmf4j.core.pipeline.Prefetch;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.split.Part;
import org.pmf4j.core.split.Split;

/** Goes through rows, some hundred at a time. For one thread at a time. */
final class RowsLook {
  private static final int PIECE = 512;
  private static final int FAULTS = 10;
  private static final int LARGEST_SHOWN = 4 << 20;
  private static final String STOPPED = "while the table was looked at";
  private static final String ALL = "all inputs";

  private final Map<String, Modality> modalities;
  private final Map<String, Preprocessor> tokens;
  private final Map<String, ColumnTally> columns = new LinkedHashMap<>();
  private final Optional<LabelTally> labels;
  private final Map<String, RepeatTally> repeats = new LinkedHashMap<>();
  private final SampleTally samples = new SampleTally();
  private final List<String> firstFaults = new ArrayList<>();
  private final String labelColumn;
  private PmfException end;
  private long faults;
  private long count;

  RowsLook(
      Map<String, Modality> modalities,
      Map<String, Preprocessor> tokens,
      Map<String, Role> roles,
      LookConfig config) {
    this.modalities = modalities;
    this.tokens = tokens;
    this.labelColumn = config.options().columns().label();
    roles.forEach((name, role) -> columns.put(name, new ColumnTally(name, role)));
    this.labels =
        roles.containsKey(labelColumn)
            ? Optional.of(new LabelTally(labelColumn, config.task()))
            : Optional.empty();
    List<ColumnTally> inputs = inputs();
    if (!inputs.isEmpty()) {
      repeats.put(ALL, new RepeatTally(ALL));
    }
    if (inputs.size() > 1) {
      inputs.stream()
          .filter(c -> c.role().kind() == Kind.FILE)
          .forEach(c -> repeats.put(c.name(), new RepeatTally("column " + c.name())));
    }
  }

  private List<ColumnTally> inputs() {
    return columns.values().stream().filter(c -> c.role().kind().isInput()).toList();
  }

  /** How many rows have come. */
  long count() {
    return count;
  }

  /**
   * Adds all rows of a table.
   *
   * @param split how it is cut; null for not at all
   * @param parts gets the rows of each part
   */
  void add(
      TableScan scan,
      LookConfig.PartTable table,
      Split split,
      Map<Part, Long> parts,
      Progress progress) {
    Path folder = table.table().folder();
    Map<Part, BitSet> rowsOf = split == null ? Map.of() : split.parts();
    int number = 0;
    end = null;
    parts.merge(table.part(), 0L, Long::sum);
    try (Progress.Bar bar = progress.begin("look", Progress.UNKNOWN, "rows")) {
      List<Row> piece = piece(scan);
      while (!piece.isEmpty()) {
        List<Map<String, Looked>> looked = look(scan, piece, folder);
        for (int i = 0; i < piece.size(); i++) {
          Part part = table.part();
          for (Map.Entry<Part, BitSet> own : rowsOf.entrySet()) {
            part = own.getValue().get(number) ? own.getKey() : part;
          }
          parts.merge(part, 1L, Long::sum);
          row(scan, piece.get(i), ++number, looked.get(i), part);
        }
        count += piece.size();
        bar.advance(piece.size(), "");
        progress.checkStop(STOPPED);
        piece = piece(scan);
      }
    } finally {
      faults += scan.wrong();
      scan.firstWrong().forEach(this::firstFault);
    }
  }

  /** Where nothing can be read on, the rows before that come first, and the error then. */
  private List<Row> piece(TableScan scan) {
    if (end != null) {
      throw end;
    }
    List<Row> rows = new ArrayList<>();
    long size = 0;
    try {
      Row row = scan.next();
      while (row != null) {
        rows.add(row);
        size += row.cells().stream().mapToLong(RowsLook::size).sum();
        row = rows.size() < PIECE && size < LARGEST_SHOWN ? scan.next() : null;
      }
    } catch (PmfException e) {
      if (rows.isEmpty()) {
        throw e;
      }
      end = e;
    }
    return rows;
  }

  private static long size(Cell cell) {
    return cell instanceof Cell.Bytes bytes ? bytes.bytes().length : 0;
  }

  /** Files are opened by several threads. */
  private List<Map<String, Looked>> look(TableScan scan, List<Row> rows, Path folder) {
    for (String name : scan.columns()) {
      if (!name.isBlank() && !columns.containsKey(name)) {
        ColumnTally late = new ColumnTally(name, Role.of(Kind.OTHER, "not in the first rows"));
        late.missing(count);
        columns.put(name, late);
      }
    }
    Map<String, CellLook> looks = new LinkedHashMap<>();
    columns.forEach(
        (name, tally) -> {
          boolean reads = tally.role().kind() == Kind.FILE || tally.role().kind() == Kind.TEXT;
          Optional<Modality> modality =
              tally.role().modality().filter(m -> reads).map(modalities::get);
          looks.put(
              name,
              new CellLook(
                  modality, tally.role().modality().filter(m -> reads).map(tokens::get), folder));
        });
    List<Map<String, Looked>> all = new ArrayList<>();
    try (Prefetch<Map<String, Looked>> ahead =
        new Prefetch<>(0, rows.size(), i -> look(scan, rows.get(i), looks))) {
      for (int i = 0; i < rows.size(); i++) {
        all.add(ahead.take());
      }
    }
    return all;
  }

  private static Map<String, Looked> look(TableScan scan, Row row, Map<String, CellLook> looks) {
    Map<String, Looked> all = new LinkedHashMap<>();
    looks.forEach((name, look) -> all.put(name, look.of(scan.cell(row, name), row.place())));
    return all;
  }

  private void row(TableScan scan, Row row, int number, Map<String, Looked> looked, Part part) {
    String label = "";
    if (labels.isPresent()) {
      Example example = scan.label(row);
      label = example.label().map(l -> String.join("|", l.parts())).orElse("");
      labels.get().add(example, part);
    }
    Map<String, Source> shown = new LinkedHashMap<>();
    CellHash all = new CellHash();
    for (ColumnTally column : columns.values()) {
      Looked cell = looked.get(column.name());
      column.add(cell);
      cell.fault()
          .ifPresent(
              fault -> {
                faults++;
                firstFault(row.place() + ", column " + column.name() + ": " + fault);
              });
      if (column.role().kind().isInput()) {
        all.add(cell.content());
        cell.source().filter(RowsLook::isModest).ifPresent(s -> shown.put(column.name(), s));
      }
    }
    Look.Sample sample = new Look.Sample(row.place(), part, label, shown);
    samples.add(sample);
    repeat(sample, number, looked, all.value());
  }

  private void repeat(Look.Sample row, int number, Map<String, Looked> looked, long all) {
    int label = row.label().hashCode();
    repeats.forEach(
        (subject, tally) -> {
          if (subject.equals(ALL)) {
            if (inputs().stream().allMatch(c -> looked.get(c.name()).cell().isBlank())) {
              return;
            }
            tally.add(all, number, label, row);
          } else if (!looked.get(subject).cell().isBlank()) {
            String content = looked.get(subject).content();
            tally.add(new CellHash().add(content).value(), number, label, row);
          }
        });
  }

  private static boolean isModest(Source source) {
    return !(source instanceof Source.Bytes bytes) || bytes.bytes().length <= LARGEST_SHOWN;
  }

  private void firstFault(String fault) {
    if (firstFaults.size() < FAULTS) {
      firstFaults.add(fault);
    }
  }

  /**
   * All that was found.
   *
   * @param end why a table could not be read to its end; null where it could
   */
  Look look(List<String> tables, Map<Part, Long> parts, String end) {
    return new Look(
        tables,
        parts,
        columns.values().stream().map(ColumnTally::column).toList(),
        labels.map(LabelTally::labels),
        repeats.values().stream().map(RepeatTally::repeats).toList(),
        new Look.Faults(faults, firstFaults),
        samples.samples(),
        Optional.ofNullable(end));
  }
}
