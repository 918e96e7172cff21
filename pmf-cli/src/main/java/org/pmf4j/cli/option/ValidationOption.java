package org.pmf4j.cli.option;

import java.util.Optional;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.UnknownLabels;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The table that chooses the best epoch. For one thread at a time. */
public final class ValidationOption {
  @Option(
      names = "--validation",
      paramLabel = "TABLE",
      description = "validation table, which chooses the best epoch")
  private String validation;

  @Option(
      names = "--validation-query",
      paramLabel = "SQL",
      description = "what --validation is asked, where it is a database")
  private String query;

  @Mixin private UnknownLabelsOption unknown = new UnknownLabelsOption();

  /** The table, if one is named. */
  public Optional<TableLocation> location() {
    return Optional.ofNullable(validation).map(name -> TableLocation.of(name, query));
  }

  /** What is done with rows whose labels training lacks. */
  public UnknownLabels unknownLabels() {
    return unknown.choice();
  }
}
