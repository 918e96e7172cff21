package org.pmf4j.bench.methods.result;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.pmf4j.bench.methods.plan.Variant;
import org.pmf4j.bench.methods.work.ResidentMemory;
import org.pmf4j.bench.statistics.Spread;

/**
 * A variant over its seeds. Memory and times are medians of the seeds; what could not be measured
 * is null. Immutable, so that any number of threads may share it.
 *
 * @param variant what was trained
 * @param seeds of the cells that ended well, in order
 * @param metric the metric that methods are compared by; null if every cell failed
 * @param metrics all metrics by name
 * @param errors of the cells that failed, by seed
 * @param trainable number of trained weights; null if every cell failed
 * @param total number of all weights
 * @param trainingPeak bytes of the training process at its peak
 * @param trainingAbove bytes of it above what was resident after the start
 * @param inferencePeak bytes of the evaluating process at its peak
 * @param inferenceAbove bytes of it above what was resident after the start
 * @param stepSeconds of a training step
 * @param epochSeconds of all steps of an epoch
 * @param sampleSeconds of inference for one sample
 */
public record VariantSummary(
    Variant variant,
    List<Long> seeds,
    Repeated metric,
    Map<String, Repeated> metrics,
    Map<Long, String> errors,
    Long trainable,
    Long total,
    Double trainingPeak,
    Double trainingAbove,
    Double inferencePeak,
    Double inferenceAbove,
    Double stepSeconds,
    Double epochSeconds,
    Double sampleSeconds) {

  /**
   * Sums up the cells of a variant.
   *
   * @param cells of this variant alone
   * @param metric the one that methods are compared by
   */
  public static VariantSummary of(Variant variant, List<CellResult> cells, String metric) {
    List<CellResult> good = cells.stream().filter(c -> !c.hasFailed()).toList();
    Map<Long, String> errors = new LinkedHashMap<>();
    cells.stream()
        .filter(CellResult::hasFailed)
        .forEach(c -> errors.put(c.definition().seed(), c.error()));
    CellResult one = good.isEmpty() ? null : good.get(0);
    return new VariantSummary(
        variant,
        good.stream().map(c -> c.definition().seed()).toList(),
        Repeated.of(good.stream().map(c -> c.metric(metric)).toList()),
        metrics(good),
        errors,
        one == null ? null : one.training().trainable(),
        one == null ? null : one.training().total(),
        median(good, c -> of(c.training().memory(), ResidentMemory::peak)),
        median(good, c -> of(c.training().memory(), ResidentMemory::above)),
        median(good, c -> of(c.inference().memory(), ResidentMemory::peak)),
        median(good, c -> of(c.inference().memory(), ResidentMemory::above)),
        median(good, c -> c.training().stepSeconds()),
        median(good, c -> c.training().epochSeconds()),
        median(good, c -> c.inference().sampleSeconds()));
  }

  /** The share of trained weights; NaN if every cell failed. */
  public double share() {
    return trainable == null ? Double.NaN : (double) trainable / total;
  }

  private static Map<String, Repeated> metrics(List<CellResult> cells) {
    Set<String> names = new LinkedHashSet<>();
    cells.forEach(c -> names.addAll(c.inference().metrics().keySet()));
    Map<String, Repeated> all = new LinkedHashMap<>();
    for (String name : names) {
      Repeated values = Repeated.of(cells.stream().map(c -> c.metric(name)).toList());
      if (values != null) {
        all.put(name, values);
      }
    }
    return all;
  }

  private static double of(ResidentMemory memory, ToDoubleFunction<ResidentMemory> part) {
    return memory == null ? Double.NaN : part.applyAsDouble(memory);
  }

  private static Double median(List<CellResult> cells, ToDoubleFunction<CellResult> figure) {
    double[] values = cells.stream().mapToDouble(figure).filter(Double::isFinite).toArray();
    return values.length == 0 ? null : Spread.of(values).median();
  }
}
