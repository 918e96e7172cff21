package org.pmf4j.cli.option;

import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.data.StreamFormat;
import org.pmf4j.core.data.TableLocation;
import picocli.CommandLine.Option;

/** How standard input is written. For one thread at a time. */
public final class StreamOption {
  @Option(
      names = "--input-format",
      paramLabel = "FORMAT",
      converter = Formats.class,
      description =
          "of standard input, which is read by --data -: csv, jsonl or json (default: as its first"
              + " character tells)")
  private StreamFormat format;

  /** A format by its name. */
  static final class Formats extends Choice<StreamFormat> {
    Formats() {
      super(StreamFormat.class);
    }
  }

  /**
   * The format.
   *
   * @param table that is read; null for none
   * @throws PmfException if a format is named, and the table is not standard input
   */
  public StreamFormat of(TableLocation table) {
    if (format != null && (table == null || !table.isStandardInput())) {
      throw PmfException.usage("--input-format goes with --data -, which is standard input");
    }
    return format == null ? StreamFormat.AUTO : format;
  }
}
