package org.pmf4j.core.split;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.table.Cell;
import org.pmf4j.core.data.CellHash;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Row;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableReader;
import org.pmf4j.core.data.TableScan;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.progress.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts tables into parts. A table is read once, and of each row some bytes are held: the numbers of
 * its labels and its group, and a hash of its values. Immutable, so that any number of threads may
 * share it.
 */
public final class Splitter {
  private static final Logger LOG = LoggerFactory.getLogger(Splitter.class);
  private static final String STOPPED = "while the table was split; nothing has changed";
  private static final int SHOWN = 5;
  private static final int ROWS_BETWEEN = 1_000;

  private final TableReader reader;
  private final Map<String, Modality> modalities;

  /**
   * A splitter.
   *
   * @param reader of the tables
   * @param modalities by encoder, what reads its cells: rows whose cells are the same for all of
   *     them are told where they stand in two parts
   */
  public Splitter(TableReader reader, Map<String, Modality> modalities) {
    this.reader = reader;
    this.modalities = new LinkedHashMap<>(modalities);
  }

  /**
   * Cuts a table. Single rows of one label or of a number (in ranges of as many rows each) are
   * chosen so that each part has its share of each class to within one row; of several labels by
   * iterative stratification; groups as near to both as whole groups can be. The same table and
   * rule give the same parts everywhere; rows in another order are another table.
   *
   * @param task one of {@link Task#KINDS}, by which labels are understood
   * @throws PmfException for a column that is not there, labels that are none, a row without its
   *     group or part, or a table that is too small for its parts
   */
  public Split split(TableLocation table, String task, SplitRule rule, Progress progress) {
    return rule instanceof SplitRule.ByShares shares
        ? byShares(table, task, shares, progress)
        : byColumn(table, (SplitRule.ByColumn) rule, progress);
  }

  private Split byShares(
      TableLocation table, String task, SplitRule.ByShares rule, Progress progress) {
    RowFacts facts = new RowFacts(task);
    List<String> more = rule.groupColumn().stream().toList();
    scan(
        table,
        new Wanted(more, "; it is named by --group-column", Table.Labelled.REQUIRED),
        progress,
        (scan, row) -> {
          Example example = scan.labelled(row, task);
          rule.groupColumn().ifPresent(c -> group(scan, row, c, facts));
          if (scan.wrong() == 0) {
            facts.label(example);
            facts.end(hash(scan, row));
          }
        });
    byte[] parts = choose(facts, task, rule);
    Split split = Split.of(table, rule, parts);
    for (Part part : Part.values()) {
      if (rule.shares().of(part) > 0 && !split.has(part)) {
        throw tooFew(table, rule, facts, part);
      }
    }
    warnOfRare(facts, rule);
    warnOfLeaks(facts.hashes(), parts);
    return split;
  }

  private static void group(TableScan scan, Row row, String column, RowFacts facts) {
    Cell cell = scan.cell(row, column);
    if (cell.isBlank() || !(cell instanceof Cell.Scalar)) {
      scan.wrong(
          row.place()
              + ", column "
              + Quote.name(column)
              + (cell.isBlank() ? ": the cell is blank" : ": " + Quote.value(cell.text()))
              + "; each row needs a group");
      return;
    }
    facts.group(cell.text().strip());
  }

  private static byte[] choose(RowFacts facts, String task, SplitRule.ByShares rule) {
    Strata strata = facts.strata();
    double[] shares = rule.shares().array();
    Random random = new Random(rule.seed());
    if (rule.groupColumn().isPresent()) {
      return GroupStratification.parts(strata, facts.groupOf(), facts.groups(), shares, random);
    }
    return task.equals(Task.MULTI_LABEL)
        ? IterativeStratification.parts(strata, shares, random)
        : Stratification.parts(strata, shares, random);
  }

  private Split byColumn(TableLocation table, SplitRule.ByColumn rule, Progress progress) {
    RowFacts facts = new RowFacts("");
    List<Part> parts = new ArrayList<>();
    scan(
        table,
        new Wanted(
            List.of(rule.column()), "; it is named by --split-column", Table.Labelled.OPTIONAL),
        progress,
        (scan, row) -> {
          String written = scan.cell(row, rule.column()).text();
          Part part = Part.named(written).orElse(null);
          if (part == null) {
            String column = row.place() + ", column " + Quote.name(rule.column());
            scan.wrong(
                column + ": " + Quote.value(written) + " is no part; there are " + Part.words());
          }
          parts.add(part);
          facts.end(hash(scan, row));
        });
    byte[] partOf = new byte[parts.size()];
    for (int row = 0; row < partOf.length; row++) {
      partOf[row] = (byte) parts.get(row).ordinal();
    }
    warnOfLeaks(facts.hashes(), partOf);
    return Split.of(table, rule, partOf);
  }

  /** What is done with each row. */
  private interface Visitor {
    void visit(TableScan scan, Row row);
  }

  /**
   * Columns that are needed beside those of the encoders.
   *
   * @param columns their names
   * @param option what ends the message about one that is not there
   * @param labelled whether labels are needed too
   */
  private record Wanted(List<String> columns, String option, Table.Labelled labelled) {}

  private void scan(TableLocation table, Wanted wanted, Progress progress, Visitor visitor) {
    try (TableScan scan = TableScan.open(reader, table, modalities, wanted.columns());
        Progress.Bar bar = progress.begin("split", Progress.UNKNOWN, "rows")) {
      if (scan.namesColumnsFirst()) {
        require(scan, wanted);
      }
      long rows = 0;
      for (Row row = scan.next(); row != null; row = scan.next()) {
        visitor.visit(scan, row);
        if (++rows % ROWS_BETWEEN == 0) {
          progress.checkStop(STOPPED);
          bar.advance(ROWS_BETWEEN, "");
        }
      }
      bar.advance(rows % ROWS_BETWEEN, "");
      if (rows == 0 && scan.wrong() == 0) {
        throw scan.noRows();
      }
      require(scan, wanted);
      scan.report();
    }
  }

  private void require(TableScan scan, Wanted wanted) {
    scan.requireColumns(modalities, wanted.labelled());
    wanted.columns().forEach(column -> scan.requireColumn(column, wanted.option()));
  }

  private long hash(TableScan scan, Row row) {
    CellHash hash = new CellHash();
    for (String encoder : modalities.keySet()) {
      reader.columns().of(encoder).forEach(column -> hash.add(scan.cell(row, column)));
    }
    return hash.value();
  }

  private static PmfException tooFew(
      TableLocation table, SplitRule.ByShares rule, RowFacts facts, Part part) {
    return PmfException.input(
        String.format(
            Locale.ROOT,
            "%s: nothing is left for %s: %,d %s are too few for --split %s",
            table,
            part,
            rule.groupColumn().isPresent() ? facts.groups() : facts.rows(),
            rule.groupColumn().map(c -> "groups of column " + Quote.name(c)).orElse("rows"),
            rule.shares()));
  }

  private static void warnOfRare(RowFacts facts, SplitRule.ByShares rule) {
    long parts = rule.shares().values().stream().filter(s -> s > 0).count();
    Map<String, Integer> rare = facts.sizes();
    rare.values().removeIf(n -> n >= parts);
    if (!rare.isEmpty()) {
      LOG.warn(
          "split: {} with fewer rows than there are parts, so that not each part has some: {}{}",
          rare.size() == 1 ? "a label" : rare.size() + " labels",
          rare.entrySet().stream()
              .limit(SHOWN)
              .map(e -> Quote.value(e.getKey()) + " " + e.getValue())
              .collect(Collectors.joining(", ")),
          rare.size() > SHOWN ? ", …" : "");
    }
  }

  private void warnOfLeaks(long[] hashes, byte[] parts) {
    Map<Part, Integer> leaks = modalities.isEmpty() ? Map.of() : Leaks.count(hashes, parts);
    if (!leaks.isEmpty()) {
      LOG.warn(
          "split: rows stand in two parts, with the same values: of {} in a part before it; what is"
              + " measured on them is too good: remove them, or keep them together by"
              + " --group-column",
          leaks.entrySet().stream()
              .map(e -> String.format(Locale.ROOT, "%s %,d", e.getKey(), e.getValue()))
              .collect(Collectors.joining(", of ")));
    }
  }
}
