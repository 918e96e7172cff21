package org.pmf4j.cli.option;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.core.data.CsvDialect;
import picocli.CommandLine.Option;

/** How CSV is written. For one thread at a time. */
public final class CsvOption {
  @Option(
      names = "--csv",
      paramLabel = "KEY=VALUE",
      description =
          "how CSV tables are written, where not as usual: delimiter=comma, semicolon, tab or pipe;"
              + " quote=double, single or none; encoding=utf-8, utf-16, windows-1252 or"
              + " iso-8859-1; header=true, or false where columns are called 1, 2, 3 ...; may be"
              + " repeated")
  private Map<String, String> settings = new LinkedHashMap<>();

  /**
   * The dialect.
   *
   * @throws org.pmf4j.api.error.PmfException for a setting or a value that there is not
   */
  public CsvDialect dialect() {
    return CsvDialect.of(settings);
  }

  /** The words that say so on a command line. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    settings.forEach((key, value) -> words.addAll(List.of("--csv", key + "=" + value)));
    return words;
  }
}
