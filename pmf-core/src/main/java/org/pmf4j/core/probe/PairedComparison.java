package org.pmf4j.core.probe;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.core.metrics.Metric;
import org.pmf4j.core.statistics.Bootstrap;
import org.pmf4j.core.statistics.PairedProportions;
import org.pmf4j.core.statistics.Proportion;

/**
 * Intervals of models' metrics on the same rows, and of their differences. Accuracies are counts,
 * for which there are formulas: {@link Proportion#wilson} and {@link PairedProportions#newcombe}.
 * All else is drawn anew, with the same draws for all models.
 */
sealed interface PairedComparison {
  /** A model's metric. */
  Score score(int model);

  /** The first model's metric minus another's. */
  Score difference(int model);

  /** Models' outputs on the same rows, in the order in which they are asked for. */
  static PairedComparison of(Metric metric, List<ModelOutputs> models) {
    return metric == Metric.ACCURACY ? Counted.of(models) : Drawn.of(metric, models);
  }

  /**
   * By counts.
   *
   * @param right by model, which rows it has right
   */
  record Counted(List<boolean[]> right) implements PairedComparison {
    private static Counted of(List<ModelOutputs> models) {
      return new Counted(models.stream().map(ModelOutputs::right).toList());
    }

    @Override
    public Score score(int model) {
      long hits = 0;
      for (boolean r : right.get(model)) {
        hits += r ? 1 : 0;
      }
      Proportion share = new Proportion(hits, right.get(model).length);
      return new Score(share.value(), share.wilson());
    }

    @Override
    public Score difference(int model) {
      long[][] counts = new long[2][2];
      for (int r = 0; r < right.get(0).length; r++) {
        counts[right.get(0)[r] ? 1 : 0][right.get(model)[r] ? 1 : 0]++;
      }
      PairedProportions table =
          new PairedProportions(counts[1][1], counts[1][0], counts[0][1], counts[0][0]);
      return new Score(table.difference(), table.newcombe());
    }
  }

  /**
   * By the bootstrap.
   *
   * @param values by model, on all rows
   * @param draws by model, on the rows of each draw
   */
  record Drawn(List<Double> values, List<double[]> draws) implements PairedComparison {
    private static final int MOST = 1000;
    private static final int FEWEST = 200;

    /** Rows times outputs that the draws of a model come to, so that it is a matter of seconds. */
    private static final long WORK = 20_000_000;

    private static Drawn of(Metric metric, List<ModelOutputs> models) {
      int rows = models.get(0).outputs().size();
      int outputs = models.get(0).outputs().get(0).length;
      int resamples = (int) Math.max(FEWEST, Math.min(MOST, WORK / ((long) rows * outputs)));
      Bootstrap bootstrap = new Bootstrap(rows, resamples, 0);
      List<double[]> draws = new ArrayList<>();
      for (ModelOutputs m : models) {
        draws.add(bootstrap.statistics(drawn -> m.value(metric, drawn)));
      }
      return new Drawn(models.stream().map(m -> m.value(metric)).toList(), draws);
    }

    @Override
    public Score score(int model) {
      return new Score(values.get(model), Bootstrap.interval(draws.get(model)));
    }

    @Override
    public Score difference(int model) {
      double[] differences = new double[draws.get(0).length];
      for (int i = 0; i < differences.length; i++) {
        differences[i] = draws.get(0)[i] - draws.get(model)[i];
      }
      return new Score(values.get(0) - values.get(model), Bootstrap.interval(differences));
    }
  }
}
