package org.pmf4j.cli.option;

import org.pmf4j.core.data.UnknownLabels;
import picocli.CommandLine.Option;

/** What is done with rows whose labels training lacks. For one thread at a time. */
public final class UnknownLabelsOption {
  @Option(
      names = "--unknown-labels",
      paramLabel = "WAY",
      converter = Ways.class,
      description =
          "rows whose labels training lacks: refuse, or skip, which counts them (default: refuse)")
  private UnknownLabels unknown = UnknownLabels.REFUSE;

  /** The choice. */
  public UnknownLabels choice() {
    return unknown;
  }

  /** {@code refuse} or {@code skip}. */
  static final class Ways extends Choice<UnknownLabels> {
    Ways() {
      super(UnknownLabels.class);
    }
  }
}
