package org.pmf4j.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.model.ModelDirectory;
import org.pmf4j.core.model.SavedModel;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.split.Part;
import org.pmf4j.core.split.SplitRule;
import picocli.CommandLine.Option;

/** Which rows of a table are meant. For one thread at a time. */
public final class PartOptions {
  @Option(
      names = "--part",
      paramLabel = "PART",
      description =
          "only these rows of --data: train, validation or test, as 'pmf train --split' chose them")
  private String part;

  @Option(
      names = "--split-of",
      paramLabel = "MODEL",
      description = "with --part: the model whose split is meant (default: --model)")
  private Path splitOf;

  @Option(
      names = "--split-column",
      paramLabel = "COLUMN",
      description = "with --part: the column of --data that says train, validation or test")
  private String column;

  /** The part, if one is named. */
  public Optional<String> name() {
    return Optional.ofNullable(part);
  }

  /**
   * The rows that are meant.
   *
   * @param saved the model, by which the table's columns are read
   * @param model its folder
   * @throws PmfException for options that do not go together, a part that there is not, or a table
   *     that is not the one that was split
   */
  public TableLocation of(
      TableLocation table, SavedModel saved, ModelDirectory model, Progress progress) {
    if (part == null) {
      if (splitOf != null || column != null) {
        throw PmfException.usage(
            (splitOf != null ? "--split-of" : "--split-column")
                + " goes with --part, such as --part test");
      }
      return table;
    }
    Part chosen =
        Part.named(part)
            .orElseThrow(
                () ->
                    PmfException.usage(
                        "--part: " + Quote.value(part) + " is none of train, validation, test"));
    if (column != null) {
      if (splitOf != null) {
        throw PmfException.usage("--split-of and --split-column exclude each other");
      }
      return saved
          .splitter()
          .split(table, saved.task().kind(), new SplitRule.ByColumn(column), progress)
          .of(table, chosen);
    }
    ModelDirectory from = splitOf == null ? model : new ModelDirectory(splitOf);
    return from.split()
        .orElseThrow(
            () ->
                PmfException.usage(
                    from.path()
                        + ": was trained on a table that was not split; name the column that tells"
                        + " the parts by --split-column, or leave --part out"))
        .of(table, chosen);
  }
}
