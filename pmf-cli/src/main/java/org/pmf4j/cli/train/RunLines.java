package org.pmf4j.cli.train;

import java.io.PrintStream;
import java.util.List;
import org.pmf4j.console.EpochLines;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener;
import picocli.CommandLine.ParseResult;

/** What is told while a run goes on. */
final class RunLines implements TrainingListener {
  private final PrintStream out;
  private final ParseResult command;
  private final EpochLines epochs;

  /** Lines on a stream, for a run of this command. */
  RunLines(PrintStream out, ParseResult command) {
    this.out = out;
    this.command = command;
    this.epochs = new EpochLines(out);
  }

  @Override
  public void decided(List<Decision> all) {
    DecisionLines.print(all, command, out);
  }

  @Override
  public void begins(TrainSettings settings) {
    epochs.begins(settings);
  }

  @Override
  public void epochEnded(Epoch epoch) {
    epochs.epochEnded(epoch);
  }
}
