package org.pmf4j.bench.methods.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.bench.json.JsonFile;
import org.pmf4j.bench.statistics.Spread;

/**
 * How long training took, as its log tells.
 *
 * @param step the median of the steps, without the first few, in seconds
 * @param epoch the median over the epochs of the time of all their steps, in seconds
 */
record StepTimes(double step, double epoch) {
  /** Steps in which an engine still compiles and reserves; of short trainings, half the steps. */
  private static final int FIRST = 5;

  static StepTimes read(Path log) {
    List<Double> steps = new ArrayList<>();
    Map<Integer, Double> epochs = new TreeMap<>();
    try {
      for (String text : Files.readAllLines(log)) {
        Map<?, ?> line = JsonFile.parse(log.toString(), text, Map.class);
        if (line.get("seconds") instanceof Number seconds
            && line.get("epoch") instanceof Number epoch) {
          steps.add(seconds.doubleValue());
          epochs.merge(epoch.intValue(), seconds.doubleValue(), Double::sum);
        }
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(log, e);
    }
    return of(steps, List.copyOf(epochs.values()));
  }

  static StepTimes of(List<Double> steps, List<Double> epochs) {
    int first = Math.min(FIRST, steps.size() / 2);
    return new StepTimes(
        Spread.of(steps.subList(first, steps.size())).median(), Spread.of(epochs).median());
  }
}
