package org.pmf4j.bench.speed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.bench.machine.Provenance;
import org.pmf4j.bench.statistics.LinearFit;
import org.pmf4j.bench.statistics.Spread;

/**
 * The figures of {@code pmf bench speed}, as they stand in {@code speed.json}. What was not
 * measured is null or missing. Immutable, so that any number of threads may share it.
 *
 * @param origin where they come from
 * @param sizes of the work
 * @param encoderWeights weights of both encoders
 * @param trainedWeights weights that PMF trains
 * @param precisions one for each precision of the encoders' matrices
 * @param python the originals that ran beside; null for none
 * @param wholeRuns from a table to a model, beside the original's; empty for none
 * @param leftOut variants that could not be run, with the reason
 */
public record SpeedResult(
    Provenance origin,
    Sizes sizes,
    long encoderWeights,
    long trainedWeights,
    List<OfPrecision> precisions,
    PythonFigures python,
    List<WholeRun> wholeRuns,
    Map<String, String> leftOut) {

  /**
   * Figures in one precision.
   *
   * @param precision of the encoders' matrices
   * @param gemm time of the plain product
   * @param gemmRate of the plain product in GFLOP/s
   * @param variants in their order
   * @param exactness largest relative differences from the whole layers
   * @param growth cost against size
   * @param cache of the trunk
   */
  public record OfPrecision(
      String precision,
      Spread gemm,
      double gemmRate,
      List<Timing> variants,
      List<Difference> exactness,
      Growth growth,
      Cache cache) {}

  /**
   * A variant.
   *
   * @param variant its key
   * @param kind step or inference
   * @param title for people
   * @param milliseconds of a batch
   * @param timesAsFast as the whole layers in the same precision, round by round
   * @param timesAsFastAsSingle as the whole layers in fp32, round by round
   * @param gflop operations that it needs at least
   * @param floorMilliseconds these at the rate of the plain product
   * @param floorShare the share of that rate that it reaches
   * @param peakBytes most resident memory of a process of its own
   * @param aboveWeightsBytes the same without the engine and the weights that it uses
   */
  public record Timing(
      String variant,
      String kind,
      String title,
      Spread milliseconds,
      Spread timesAsFast,
      Spread timesAsFastAsSingle,
      double gflop,
      double floorMilliseconds,
      double floorShare,
      Double peakBytes,
      Double aboveWeightsBytes) {}

  /**
   * How far a variant is from the whole layers.
   *
   * @param variant its key
   * @param logits largest difference relative to the largest logit
   * @param gradients the same of the worst gradient tensor
   */
  public record Difference(String variant, Double logits, Double gradients) {}

  /**
   * Cost of PMF with a cached trunk against size.
   *
   * @param batches milliseconds of a step by the size of its batch
   * @param batchFit line through the medians
   * @param epochs milliseconds of an epoch by its number of samples
   * @param epochFit line through the medians
   */
  public record Growth(
      Map<Integer, Spread> batches,
      LinearFit batchFit,
      Map<Integer, Spread> epochs,
      LinearFit epochFit) {}

  /**
   * The trunk cache, samples of both modalities.
   *
   * @param bytesPerSample on disk
   * @param fillRate samples that are computed and written in a second
   * @param firstReadRate samples that one thread reads in a second when it first sees them
   * @param readRate samples that it reads in a second from then on
   * @param consumed samples that the cached step takes in a second; null if it was not timed
   * @param readOverConsumed how many times faster one thread reads than the step consumes
   */
  public record Cache(
      Double bytesPerSample,
      Double fillRate,
      Double firstReadRate,
      Double readRate,
      Double consumed,
      Double readOverConsumed) {}

  static SpeedResult of(SpeedSettings settings, Measurements notebook, Provenance origin) {
    List<OfPrecision> precisions = new ArrayList<>();
    settings.precisions().forEach(p -> precisions.add(precision(settings, p, notebook)));
    Map<String, String> leftOut = new LinkedHashMap<>();
    for (SpeedVariant v : settings.variants()) {
      notebook.fact("left out/" + v.key()).ifPresent(why -> leftOut.put(v.key(), why));
    }
    return new SpeedResult(
        origin,
        settings.sizes(),
        notebook.value("weights/encoders").orElse(0.0).longValue(),
        notebook.value("weights/trained").orElse(0.0).longValue(),
        precisions,
        PythonFigures.of(settings, notebook).orElse(null),
        WholeRun.of(settings, notebook),
        leftOut);
  }

  private static OfPrecision precision(SpeedSettings settings, String p, Measurements notebook) {
    Spread gemm = Spread.of(notebook.series(p + "/" + Gemm.KEY));
    double rate = Gemm.gflop(settings.gemm()) / gemm.median() * 1e3;
    List<Timing> variants = new ArrayList<>();
    List<Difference> exactness = new ArrayList<>();
    for (SpeedVariant v : settings.variants()) {
      if (notebook.rounds(p + "/" + v.key()) > 0) {
        variants.add(timing(settings, p, v, rate, notebook));
      }
      Map<String, Double> d = notebook.values("exactness/" + p + "/" + v.key() + "/");
      if (!d.isEmpty()) {
        exactness.add(new Difference(v.key(), d.get("logits"), d.get("gradients")));
      }
    }
    return new OfPrecision(
        p,
        gemm,
        rate,
        variants,
        exactness,
        growth(settings.sizes(), p, notebook),
        cache(settings, p, notebook));
  }

  private static Timing timing(
      SpeedSettings settings, String p, SpeedVariant v, double rate, Measurements notebook) {
    String key = p + "/" + v.key();
    Spread time = Spread.of(notebook.series(key));
    double gflop = new Operations(settings.sizes()).gflop(v);
    double floor = gflop / rate * 1e3;
    String base = v.baseline().key();
    return new Timing(
        v.key(),
        v.kind().name().toLowerCase(Locale.ROOT),
        v.title(),
        time,
        notebook.ratio(p + "/" + base, key).orElse(null),
        notebook.ratio("fp32/" + base, key).orElse(null),
        gflop,
        floor,
        floor / time.median(),
        notebook.value("memory/" + key + "/peak").orElse(null),
        notebook.value("memory/" + key + "/above").orElse(null));
  }

  private static Growth growth(Sizes sizes, String p, Measurements notebook) {
    Map<Integer, Spread> batches = new LinkedHashMap<>();
    Map<Integer, Spread> epochs = new LinkedHashMap<>();
    CostAgainstSize.batches(sizes)
        .forEach(b -> batches.put(b, Spread.of(notebook.series(CostAgainstSize.batchKey(p, b)))));
    CostAgainstSize.epochs(sizes)
        .forEach(n -> epochs.put(n, Spread.of(notebook.series(CostAgainstSize.epochKey(p, n)))));
    return new Growth(batches, fit(batches), epochs, fit(epochs));
  }

  private static LinearFit fit(Map<Integer, Spread> points) {
    double[] x = points.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
    double[] y = points.values().stream().mapToDouble(Spread::median).toArray();
    return LinearFit.of(x, y);
  }

  private static Cache cache(SpeedSettings settings, String p, Measurements notebook) {
    String key = "cache/" + p;
    List<Double> steps = notebook.series(p + "/" + SpeedVariant.PMF_CACHED_STEP.key());
    Double consumed =
        steps.isEmpty() ? null : settings.sizes().batch() / Spread.of(steps).median() * 1e3;
    Double read = notebook.value(key + "/read-rate").orElse(null);
    return new Cache(
        notebook.value(key + "/bytes").orElse(null),
        notebook.value(key + "/fill-rate").orElse(null),
        notebook.value(key + "/first-read-rate").orElse(null),
        read,
        consumed,
        read == null || consumed == null ? null : read / consumed);
  }
}
