package org.pmf4j.api.table;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.error.PmfException;

/**
 * A table that a format is asked to open. Immutable, so that any number of threads may share it.
 *
 * @param location a file's path, or a URL that begins with one of the format's schemes
 * @param query what to ask a database; empty for all of a table
 * @param read columns whose cells are read: a type that no cell has is refused there
 * @param others whether the cells of other columns are wanted too, for people to see; else they may
 *     be given as nothing
 * @since API version 2
 */
public record TableRequest(
    String location, Optional<String> query, Set<String> read, boolean others) {
  /** Copies the set. */
  public TableRequest {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(query, "query");
    read = Set.copyOf(read);
  }

  /**
   * Refuses a query, for a format that is no database.
   *
   * @throws PmfException naming the location, if there is one
   */
  public void requireNoQuery() {
    if (query.isPresent()) {
      throw PmfException.usage(location + ": is no database, which --query could ask");
    }
  }
}
