package org.pmf4j.core.look;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.table.Cell;
import org.pmf4j.core.data.CellSource;
import org.pmf4j.core.data.Row;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableReader;
import org.pmf4j.core.data.TableScan;
import org.pmf4j.core.split.SplitRule;

/** Decides by the first rows of a table what its columns are for. */
final class TableGuess {
  private static final int ROWS = 1_000;

  private final Map<String, Modality> modalities;
  private final LookConfig config;

  TableGuess(Map<String, Modality> modalities, LookConfig config) {
    this.modalities = modalities;
    this.config = config;
  }

  /** By column, in the order of the table. */
  Map<String, Role> roles(TableReader reader, TableLocation table, List<String> fileColumns) {
    Map<String, List<Cell>> cells = new LinkedHashMap<>();
    try (TableScan scan = TableScan.open(reader, table, fileColumns)) {
      read(scan, cells);
      scan.columns().forEach(column -> cells.putIfAbsent(column, List.of()));
    }
    ColumnGuess guess = new ColumnGuess(modalities, table.folder());
    Map<String, Role> roles = new LinkedHashMap<>();
    cells.forEach(
        (column, own) -> {
          if (!column.isBlank()) {
            roles.put(column, known(column).orElseGet(() -> named(column, guess.of(own))));
          }
        });
    return roles;
  }

  /** As far as rows can be read; what stops that is told by who goes through all of them. */
  private static void read(TableScan scan, Map<String, List<Cell>> cells) {
    int rows = 0;
    try {
      for (Row row = scan.next(); row != null && rows++ < ROWS; row = scan.next()) {
        for (String column : scan.columns()) {
          Cell cell = scan.cell(row, column);
          List<Cell> own = cells.computeIfAbsent(column, c -> new ArrayList<>());
          if (!cell.isBlank()) {
            own.add(cell);
          }
        }
      }
    } catch (PmfException e) {
      if (e.kind() != ErrorKind.INPUT) {
        throw e;
      }
    }
  }

  /** What options say. */
  private Optional<Role> known(String column) {
    if (column.equals(config.options().columns().label())) {
      return Optional.of(Role.of(Kind.LABEL, "the column of labels"));
    }
    Optional<SplitRule> rule = config.split();
    if (rule.isPresent()
        && rule.get() instanceof SplitRule.ByColumn by
        && by.column().equals(column)) {
      return Optional.of(Role.of(Kind.PART, "named by --split-column"));
    }
    if (rule.isPresent()
        && rule.get() instanceof SplitRule.ByShares by
        && by.groupColumn().filter(column::equals).isPresent()) {
      return Optional.of(Role.of(Kind.GROUP, "named by --group-column"));
    }
    for (Map.Entry<String, List<String>> named : config.options().columns().named().entrySet()) {
      if (named.getValue().contains(column) && modalities.containsKey(named.getKey())) {
        return Optional.of(role(named.getKey(), "named by --column"));
      }
    }
    return Optional.empty();
  }

  /** A column that is called as a modality is, whatever is wrong with its cells. */
  private Role named(String column, Role guessed) {
    boolean other = guessed.modality().filter(column::equals).isEmpty();
    return other && modalities.containsKey(column) && guessed.kind() != Kind.EMPTY
        ? role(column, String.format(Locale.ROOT, "called %s", column))
        : guessed;
  }

  private Role role(String name, String reason) {
    Modality modality = modalities.get(name);
    if (modality.readsRows()) {
      return Role.read(Kind.CATEGORY, name, reason);
    }
    boolean files = new CellSource(modality, Path.of("")).readsFiles();
    return Role.read(files ? Kind.FILE : Kind.TEXT, name, reason);
  }
}
