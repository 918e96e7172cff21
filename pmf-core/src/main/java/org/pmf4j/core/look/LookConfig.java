package org.pmf4j.core.look;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableOptions;
import org.pmf4j.core.split.Part;
import org.pmf4j.core.split.SplitRule;

/**
 * What is looked at. Immutable, so that any number of threads may share it.
 *
 * @param tables the training table first; several are parts of one set of data
 * @param options how they are read; columns that are named for an encoder are what the encoder
 *     reads
 * @param split how the one table is cut; empty for not at all
 * @param task one of {@link org.pmf4j.core.data.Task#KINDS}; empty for what labels look like
 */
public record LookConfig(
    List<PartTable> tables,
    TableOptions options,
    Optional<SplitRule> split,
    Optional<String> task) {
  /** Copies the list. */
  public LookConfig {
    tables = List.copyOf(tables);
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(split, "split");
    Objects.requireNonNull(task, "task");
  }

  /**
   * A table of its own.
   *
   * @param part what it is for
   * @param table where it is
   */
  public record PartTable(Part part, TableLocation table) {}
}
