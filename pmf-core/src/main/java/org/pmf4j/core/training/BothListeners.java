package org.pmf4j.core.training;

import java.nio.file.Path;
import java.util.List;

/** Passes on to one listener, and then to another. */
record BothListeners(TrainingListener first, TrainingListener second) implements TrainingListener {
  @Override
  public void decided(List<Decision> all) {
    first.decided(all);
    second.decided(all);
  }

  @Override
  public void begins(TrainSettings settings) {
    first.begins(settings);
    second.begins(settings);
  }

  @Override
  public void saved(Path checkpoint) {
    first.saved(checkpoint);
    second.saved(checkpoint);
  }

  @Override
  public void epochEnded(Epoch epoch) {
    first.epochEnded(epoch);
    second.epochEnded(epoch);
  }
}
