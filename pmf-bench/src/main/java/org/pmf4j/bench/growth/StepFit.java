package org.pmf4j.bench.growth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.bench.statistics.LinearFit;
import org.pmf4j.bench.statistics.Spread;

/**
 * A model of steps that were measured. Each part is fitted to what was measured of it: lines of
 * least squares for what grows with rows or shards, medians for the others; whole steps are then
 * held against it. Immutable, so that any number of threads may share it.
 *
 * @param model of the parts
 * @param parameterBytes of the run
 * @param residuals of whole steps, by executors, rows and shards
 */
public record StepFit(StepModel model, long parameterBytes, List<Residual> residuals) {
  private static final double MS = 1e-3;

  /** Copies the list. */
  public StepFit {
    residuals = List.copyOf(residuals);
  }

  /**
   * How far the formula is from steps of one kind, until the driver has all gradients.
   *
   * @param executors that computed
   * @param rows of a step
   * @param shards of a step
   * @param measured seconds
   * @param predicted seconds
   */
  public record Residual(int executors, int rows, int shards, Spread measured, double predicted) {
    /** By how much the prediction is above the median, as a share of it. */
    public double relative() {
      return predicted / measured.median() - 1;
    }
  }

  /**
   * Fits the model.
   *
   * @param runs of one model, on machines of one kind
   * @throws PmfException if they are of models of different sizes
   */
  public static StepFit of(List<MeasuredRun> runs) {
    List<MeasuredStep> steps = runs.stream().flatMap(run -> run.steps().stream()).toList();
    long bytes = steps.get(0).parameterBytes();
    for (MeasuredRun run : runs) {
      if (run.steps().stream().anyMatch(s -> s.parameterBytes() != bytes)) {
        throw PmfException.input(
            run.name()
                + ": its model has not as many parameters as that of "
                + runs.get(0).name()
                + "; give runs of one model");
      }
    }
    StepModel model = model(runs, steps, (double) bytes);
    return new StepFit(model, bytes, residuals(model, steps));
  }

  private static StepModel model(List<MeasuredRun> runs, List<MeasuredStep> steps, double bytes) {
    Line compute = compute(steps);
    Line between = between(runs);
    return new StepModel(
        MS * median(steps, s -> firstLaunched(s) + s.tookMs() - s.lastFinishedMs()),
        MS * mean(steps.stream().map(StepFit::launching)),
        compute.constant(),
        compute.slope(),
        spread(steps, compute),
        MS * median(tasks(steps), t -> waiting(t) + t.handlingMs()),
        MS * median(steps, MeasuredStep::broadcastMs) / bytes,
        MS * median(steps, StepFit::unpacking) / bytes,
        MS * median(tasks(steps), MeasuredStep.Task::gettingMs) / bytes,
        between.slope() / bytes,
        between.constant());
  }

  private static List<MeasuredStep.Task> tasks(List<MeasuredStep> steps) {
    return steps.stream().flatMap(s -> s.tasks().stream()).toList();
  }

  private static <T> double median(List<T> all, ToDoubleFunction<T> of) {
    return Spread.of(all.stream().mapToDouble(of).toArray()).median();
  }

  private static double mean(Stream<Double> all) {
    return all.collect(Collectors.averagingDouble(x -> x));
  }

  private static double firstLaunched(MeasuredStep step) {
    return launched(step).get(0);
  }

  private static List<Double> launched(MeasuredStep step) {
    return step.tasks().stream().map(t -> (double) t.launchedMs()).sorted().toList();
  }

  /** Milliseconds from one task to the next, of those that the driver sends at once. */
  private static double launching(MeasuredStep step) {
    List<Double> launched = launched(step);
    int first = Math.min(step.slots(), launched.size());
    return first < 2 ? 0 : (launched.get(first - 1) - launched.get(0)) / (first - 1);
  }

  /** Milliseconds on the way to an executor and back. */
  private static double waiting(MeasuredStep.Task t) {
    double lasted = t.finishedMs() - t.launchedMs() - t.gettingMs();
    return Math.max(0, lasted - t.deserializeMs() - t.runMs() - t.serializeMs());
  }

  /** Milliseconds on those who were first to need the parameters; others find them there. */
  private static double unpacking(MeasuredStep step) {
    return step.tasks().stream()
        .map(t -> (double) t.unpackMs())
        .sorted(Comparator.reverseOrder())
        .limit(step.slots())
        .collect(Collectors.averagingDouble(x -> x));
  }

  /** A line in seconds, which neither begins below zero nor falls. */
  private record Line(double constant, double slope) {
    static Line of(List<double[]> places) {
      double[] x = places.stream().mapToDouble(p -> p[0]).toArray();
      double[] y = places.stream().mapToDouble(p -> p[1]).toArray();
      double mean = places.stream().mapToDouble(p -> p[1]).average().orElse(0);
      if (places.stream().mapToDouble(p -> p[0]).distinct().count() < 2) {
        return x.length == 0 ? new Line(0, 0) : new Line(0, mean / x[0]);
      }
      LinearFit fit = LinearFit.of(x, y);
      if (fit.slope() < 0) {
        return new Line(mean, 0);
      }
      if (fit.intercept() < 0) {
        double xy = places.stream().mapToDouble(p -> p[0] * p[1]).sum();
        double xx = places.stream().mapToDouble(p -> p[0] * p[0]).sum();
        return new Line(0, xy / xx);
      }
      return new Line(fit.intercept(), fit.slope());
    }

    double at(double x) {
      return constant + slope * x;
    }
  }

  private static Line compute(List<MeasuredStep> steps) {
    List<double[]> places = new ArrayList<>();
    for (MeasuredStep step : steps) {
      for (MeasuredStep.Task task : step.tasks()) {
        places.add(new double[] {step.rowsOfShard(), MS * task.computeMs()});
      }
    }
    return Line.of(places);
  }

  private static Line between(List<MeasuredRun> runs) {
    return Line.of(
        runs.stream()
            .flatMap(run -> run.betweens().stream())
            .map(b -> new double[] {b.step().shards(), MS * b.milliseconds()})
            .toList());
  }

  private static double spread(List<MeasuredStep> steps, Line compute) {
    List<Double> logs = new ArrayList<>();
    for (MeasuredStep step : steps) {
      for (MeasuredStep.Task task : step.tasks()) {
        double typical = compute.at(step.rowsOfShard());
        if (task.computeMs() > 0 && typical > 0) {
          logs.add(Math.log(MS * task.computeMs() / typical));
        }
      }
    }
    return Spread.deviation(logs.stream().mapToDouble(x -> x).toArray());
  }

  private record Kind(int executors, int rows, int shards) implements Comparable<Kind> {
    static Kind of(MeasuredStep step) {
      return new Kind(step.slots(), step.rows(), step.shards());
    }

    @Override
    public int compareTo(Kind other) {
      return Comparator.comparingInt(Kind::rows)
          .thenComparingInt(Kind::shards)
          .thenComparingInt(Kind::executors)
          .compare(this, other);
    }
  }

  private static List<Residual> residuals(StepModel model, List<MeasuredStep> steps) {
    Map<Kind, List<MeasuredStep>> kinds =
        steps.stream().collect(Collectors.groupingBy(Kind::of, TreeMap::new, Collectors.toList()));
    List<Residual> all = new ArrayList<>();
    kinds.forEach(
        (kind, same) -> {
          // What was measured had its network within what is unpacked and fetched
          ClusterStep step =
              new ClusterStep(
                  kind.executors(),
                  kind.shards(),
                  kind.rows(),
                  same.get(0).parameterBytes(),
                  Double.POSITIVE_INFINITY,
                  new Gathering.ByDriver(),
                  1);
          double[] measured = same.stream().mapToDouble(s -> MS * s.wholeMs()).toArray();
          all.add(
              new Residual(
                  kind.executors(),
                  kind.rows(),
                  kind.shards(),
                  Spread.of(measured),
                  new StepFormula(model, step).untilGathered()));
        });
    return all;
  }
}
