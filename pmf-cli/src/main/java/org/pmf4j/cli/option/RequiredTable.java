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

  /** The table. */
  public TableLocation location() {
    return TableLocation.of(data, query);
  }
}
