package org.pmf4j.bench.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.bench.machine.Engine;
import org.pmf4j.bench.machine.Provenance;
import org.pmf4j.bench.statistics.Spread;

/**
 * The figures of {@code pmf bench backends}, as they stand in {@code backends.json}. What was not
 * measured is null. Immutable, so that any number of threads may share it.
 *
 * @param origin where they come from
 * @param sizes of the work
 * @param precision of the encoders' matrices
 * @param backends in the order of their turns
 */
public record BackendsResult(
    Provenance origin, Sizes sizes, String precision, List<OfBackend> backends) {

  /**
   * Figures of one backend.
   *
   * @param engine what it is
   * @param precision of the encoders' matrices
   * @param trains whether it takes steps of training
   * @param startUp of a process of its own
   * @param gemm time of the plain product
   * @param gemmRate of the plain product in GFLOP/s
   * @param work what was timed: inference alone where the backend does not train
   * @param agreement largest differences from the first backend
   */
  public record OfBackend(
      Engine engine,
      String precision,
      boolean trains,
      StartTask.Output startUp,
      Spread gemm,
      double gemmRate,
      List<Timing> work,
      SpeedResult.Difference agreement) {

    /** What it is called among the others. */
    public String title() {
      return precision.equals(WorkSpec.INT8)
          ? engine.backend() + " in 8-bit integers"
          : engine.backend();
    }
  }

  /**
   * A piece of work.
   *
   * @param variant its key
   * @param kind step or inference
   * @param title for people
   * @param milliseconds of a batch
   * @param samplesPerSecond of the median batch
   * @param products how many plain products take as long, round by round
   * @param timesAsFast as the first backend, round by round
   * @param floorShare the share of the plain product's rate that is reached at least
   * @param peakBytes most resident memory of a process of its own
   * @param aboveWeightsBytes the same without the engine and the weights in use
   */
  public record Timing(
      String variant,
      String kind,
      String title,
      Spread milliseconds,
      double samplesPerSecond,
      Spread products,
      Spread timesAsFast,
      double floorShare,
      Double peakBytes,
      Double aboveWeightsBytes) {}

  static BackendsResult of(
      BackendsSettings settings,
      Map<Contender, Engine> engines,
      Measurements notebook,
      Provenance origin) {
    List<OfBackend> backends = new ArrayList<>();
    String first = engines.keySet().iterator().next().key();
    engines.forEach(
        (contender, engine) -> {
          String name = contender.key();
          Spread gemm = Spread.of(notebook.series(contender.gemm()));
          double rate = Gemm.gflop(settings.gemm()) / gemm.median() * 1e3;
          Map<String, Double> apart = notebook.values("agreement/" + name + "/");
          Map<String, Double> start = notebook.values("start/" + name + "/");
          boolean trains = notebook.rounds(name + "/" + SpeedVariant.PMF_STEP.key()) > 0;
          backends.add(
              new OfBackend(
                  engine,
                  contender.precision(),
                  trains,
                  new StartTask.Output(
                      start.get("jvm"),
                      start.get("open"),
                      start.get("load"),
                      start.get("first-step")),
                  gemm,
                  rate,
                  BackendsRun.VARIANTS.stream()
                      .filter(v -> notebook.rounds(name + "/" + v.key()) > 0)
                      .map(v -> timing(settings, contender, first, v, rate, notebook))
                      .toList(),
                  new SpeedResult.Difference(
                      SpeedVariant.PMF_STEP.key(), apart.get("logits"), apart.get("gradients"))));
        });
    return new BackendsResult(origin, settings.sizes(), settings.precision(), backends);
  }

  private static Timing timing(
      BackendsSettings settings,
      Contender contender,
      String first,
      SpeedVariant v,
      double rate,
      Measurements notebook) {
    String key = contender.key() + "/" + v.key();
    Spread time = Spread.of(notebook.series(key));
    double floor = new Operations(settings.sizes()).gflop(v) / rate * 1e3;
    return new Timing(
        v.key(),
        v.kind().name().toLowerCase(Locale.ROOT),
        v.title(),
        time,
        settings.sizes().batch() / time.median() * 1e3,
        notebook.ratio(key, contender.gemm()).orElse(null),
        notebook.ratio(first + "/" + v.key(), key).orElse(null),
        floor / time.median(),
        notebook.value("memory/" + key + "/peak").orElse(null),
        notebook.value("memory/" + key + "/above").orElse(null));
  }
}
