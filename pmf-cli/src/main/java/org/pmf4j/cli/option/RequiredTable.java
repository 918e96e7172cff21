package org.pmf4j.cli.option;

import org.pmf4j.core.data.TableLocation;
import picocli.CommandLine.Option;

/** The table that a command cannot do without. For one thread at a time. */
public final class RequiredTable {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "TABLE",
      description = "table with labels: " + TableOption.KINDS)
  private String data;

  @Option(names = "--query", paramLabel = "SQL", description = TableOption.QUERY)
  private String query;

  /** The table of a command that reads it once, so that it may be standard input. */
  public TableLocation onceLocation() {
    return TableLocation.once(data, query);
  }

  /**
   * The table.
   *
   * @throws org.pmf4j.api.error.PmfException for standard input
   */
  public TableLocation location() {
    return TableLocation.of(data, query);
  }
}
