package org.pmf4j.console;

import java.io.PrintStream;
import java.util.Locale;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener;

/**
 * A line for each epoch: number, training loss, validation metric, {@code *} if it is the best so
 * far, seconds. For one thread at a time.
 */
public final class EpochLines implements TrainingListener {
  private final PrintStream out;
  private TrainSettings settings;

  /** Lines on a stream. */
  public EpochLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begins(TrainSettings all) {
    settings = all;
  }

  @Override
  public void epochEnded(Epoch e) {
    String number = "%" + Integer.toString(settings.epochs()).length() + "d";
    StringBuilder line = new StringBuilder("epoch ");
    line.append(String.format(Locale.ROOT, number, e.number()))
        .append('/')
        .append(settings.epochs());
    line.append(String.format(Locale.ROOT, "  loss %.4f", e.loss()));
    Double measured = e.validation().get(settings.metric());
    if (measured != null) {
      line.append(String.format(Locale.ROOT, "  validation %s %.4f", settings.metric(), measured));
      line.append(e.best() ? " *" : "  ");
    }
    out.println(line + "  " + Durations.text(e.seconds()));
  }
}
