package org.pmf4j.cli.option;

import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** Modalities that are taken as missing. For one thread at a time. */
public final class WithoutOption {
  @Option(
      names = "--without",
      paramLabel = "NAME",
      description =
          "take this modality as missing in all rows; its column need not be there. May be repeated")
  private Set<String> modalities = new LinkedHashSet<>();

  /** Their names. */
  public Set<String> modalities() {
    return modalities;
  }
}
