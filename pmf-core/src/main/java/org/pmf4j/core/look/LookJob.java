package org.pmf4j.core.look;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.core.data.CellSource;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.TableFormats;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableReader;
import org.pmf4j.core.data.TableScan;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.split.Part;
import org.pmf4j.core.split.Split;
import org.pmf4j.core.split.Splitter;

/**
 * Looks at tables, without an encoder or a backend. Immutable, so that any number of threads may
 * share it.
 */
public final class LookJob {
  /** What the files of a folder of classes are called, which have no column. */
  public static final String FILES = "file";

  private final TableFormats formats;
  private final Map<String, Modality> modalities;
  private final Map<String, Preprocessor> tokens;

  /**
   * A job.
   *
   * @param formats that plugins offer, beside CSV and JSON
   * @param modalities by name of a modality or of an encoder, what columns may be read by
   * @param tokens by the same name, what cuts its values into tokens, where these are to be
   *     counted; the caller closes them
   */
  public LookJob(
      TableFormats formats, Map<String, Modality> modalities, Map<String, Preprocessor> tokens) {
    this.formats = formats;
    this.modalities = new TreeMap<>(modalities);
    this.tokens = new TreeMap<>(tokens);
  }

  /**
   * Goes through the tables once; through the first rows of the first, and where it is cut through
   * all of it, once more before.
   *
   * @throws PmfException if a table cannot be opened, lacks a column that was named, or cannot be
   *     cut; of the kind STOPPED where {@code progress} asks to stop
   */
  public Look run(LookConfig config, Progress progress) {
    Columns label = Columns.DEFAULT.withLabel(config.options().columns().label());
    TableReader reader = TableReader.of(formats, config.options().with(label));
    requireModalities(config.options().columns());
    List<String> files = fileColumns(config);
    TableLocation first = config.tables().get(0).table();
    requireColumns(reader, first, config, files);
    Map<String, Role> roles = new TableGuess(modalities, config).roles(reader, first, files);
    Map<Part, Long> parts = new EnumMap<>(Part.class);
    RowsLook rows = new RowsLook(modalities, tokens, roles, config);
    String end = null;
    for (LookConfig.PartTable table : config.tables()) {
      Split split =
          config
              .split()
              .map(rule -> splitter(reader).split(table.table(), task(config), rule, progress))
              .orElse(null);
      try (TableScan scan = TableScan.open(reader, table.table(), files)) {
        rows.add(scan, table, split, parts, progress);
      } catch (PmfException e) {
        if (e.kind() != ErrorKind.INPUT || rows.count() == 0) {
          throw e;
        }
        end = e.getMessage();
      }
    }
    List<String> names = config.tables().stream().map(t -> t.table().name()).toList();
    return rows.look(names, parts, end);
  }

  private void requireModalities(Columns columns) {
    for (String name : columns.named().keySet()) {
      if (!modalities.containsKey(name)) {
        throw PmfException.usage(
            "--column: there is no modality or encoder "
                + Quote.value(name)
                + "; there are: "
                + String.join(", ", modalities.keySet()));
      }
    }
  }

  private static String task(LookConfig config) {
    return config.task().orElse(Task.SINGLE_LABEL);
  }

  /** Rows that stand in two parts are found in going through them. */
  private static Splitter splitter(TableReader reader) {
    return new Splitter(reader, Map.of());
  }

  /**
   * Columns that are named for an encoder that reads files, else one for all folders of classes.
   */
  private List<String> fileColumns(LookConfig config) {
    List<String> named = new ArrayList<>();
    config
        .options()
        .columns()
        .named()
        .forEach(
            (encoder, columns) -> {
              Modality modality = modalities.get(encoder);
              TableLocation table = config.tables().get(0).table();
              if (modality != null && new CellSource(modality, table.folder()).readsFiles()) {
                named.addAll(columns);
              }
            });
    return named.isEmpty() ? List.of(FILES) : named;
  }

  private static void requireColumns(
      TableReader reader, TableLocation table, LookConfig config, List<String> files) {
    try (TableScan scan = TableScan.open(reader, table, files)) {
      if (scan.next() == null) {
        return;
      }
      if (scan.namesColumnsFirst()) {
        config
            .options()
            .columns()
            .named()
            .values()
            .forEach(
                named -> named.forEach(c -> scan.requireColumn(c, "; it is named by --column")));
        String label = config.options().columns().label();
        if (!label.equals(Columns.LABEL)) {
          scan.requireColumn(label, "; it is named by --label");
        }
      }
    }
  }
}
