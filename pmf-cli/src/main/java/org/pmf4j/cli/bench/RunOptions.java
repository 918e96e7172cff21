package org.pmf4j.cli.bench;

import java.nio.file.Path;
import org.pmf4j.bench.speed.SpeedRun;
import picocli.CommandLine.Option;

/** Where figures go, where what is measured lies, and how often it is measured. */
final class RunOptions {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder for the figures and their page (default: ${DEFAULT-VALUE})")
  private Path out;

  @Option(names = "--overwrite", description = "measure anew what --out holds")
  private boolean overwrite;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "folder for encoders and caches, which is kept (default: one that is removed)")
  private Path work;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "how often each piece of work is timed (default: ${DEFAULT-VALUE})")
  private int rounds = 7;

  @Option(
      names = "--gemm",
      paramLabel = "N",
      description = "side of the matrices of the plain product (default: ${DEFAULT-VALUE})")
  private int gemm = 2048;

  /**
   * Options of a command.
   *
   * @param out the folder where none is named
   */
  RunOptions(String out) {
    this.out = Path.of(out);
  }

  Path out() {
    return out;
  }

  /** Null for a folder that is removed. */
  Path work() {
    return work;
  }

  int rounds() {
    return rounds;
  }

  int gemm() {
    return gemm;
  }

  SpeedRun.Existing existing() {
    return overwrite ? SpeedRun.Existing.OVERWRITE : SpeedRun.Existing.CONTINUE;
  }
}
