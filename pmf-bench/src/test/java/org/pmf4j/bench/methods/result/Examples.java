package org.pmf4j.bench.methods.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.fusion.Tuning;
import org.pmf4j.bench.machine.Engine;
import org.pmf4j.bench.machine.Provenance;
import org.pmf4j.bench.methods.plan.Ablations;
import org.pmf4j.bench.methods.plan.Variant;
import org.pmf4j.bench.methods.work.EvaluateTask;
import org.pmf4j.bench.methods.work.InspectTask;
import org.pmf4j.bench.methods.work.Reading;
import org.pmf4j.bench.methods.work.ResidentMemory;
import org.pmf4j.bench.methods.work.Setup;
import org.pmf4j.bench.methods.work.TrainTask;
import org.pmf4j.core.data.TableOptions;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.metrics.Metric;
import org.pmf4j.core.model.PlannedMethod;
import org.pmf4j.core.pmf.PmfMethod;
import org.pmf4j.core.run.InspectJob;
import org.pmf4j.core.run.ObjectiveSettings;
import org.pmf4j.core.training.TrainSettings;

/** Made-up results to sum up and to draw. */
public final class Examples {
  private Examples() {}

  /** PMF. */
  public static Variant pmf() {
    return new Variant(
        "pmf",
        null,
        "pmf",
        Tuning.FROZEN,
        List.of("image", "text"),
        PlannedMethod.settings(new PmfMethod(), Map.of()).toMap(),
        TrainSettings.DEFAULT.toMap(),
        null,
        true);
  }

  /** A variant of no special settings. */
  public static Variant variant(String name, Tuning tuning, String... encoders) {
    Double rate = tuning == Tuning.FULL ? 1e-4 : null;
    return new Variant(
        name,
        null,
        name,
        tuning,
        List.of(encoders),
        Map.of(),
        TrainSettings.DEFAULT.toMap(),
        rate,
        tuning == Tuning.FROZEN);
  }

  /** The definition of a cell. */
  public static Definition definition(Variant variant, long seed) {
    return new Definition(Map.of("data", "abc"), Map.of("image", "def"), variant, seed);
  }

  /** A cell with an accuracy and a peak of memory in MB. */
  public static CellResult cell(Variant variant, long seed, double accuracy, long megabytes) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("loss", 1 - accuracy);
    metrics.put("accuracy", accuracy);
    ResidentMemory memory = new ResidentMemory(megabytes * 1_000_000, megabytes * 400_000);
    return CellResult.of(
        definition(variant, seed),
        new TrainTask.Trained(
            2000, 100_000, 3, 30, 2, metrics, memory, 0.012, 0.25, 4.5, (int) seed),
        new EvaluateTask.Evaluated(16, metrics, Map.of(), memory, 0.003));
  }

  /** A cell that failed. */
  public static CellResult failed(Variant variant, long seed) {
    return CellResult.failed(definition(variant, seed), "no <memory> left");
  }

  /** A whole comparison with ablations, failures, and names that HTML must not take for its own. */
  public static Figures figures() {
    List<Variant> variants = new ArrayList<>();
    variants.add(pmf());
    variants.add(variant("late-concat", Tuning.FULL, "image", "text"));
    variants.add(variant("mmbt", Tuning.FULL, "image", "text"));
    variants.add(variant("unimodal: image", Tuning.FULL, "image"));
    variants.add(variant("<b>linear</b> & probe", Tuning.FROZEN, "image", "text"));
    variants.addAll(new Ablations(pmf(), 3).variants());
    List<CellResult> cells = new ArrayList<>();
    for (long seed = 0; seed < 3; seed++) {
      for (int i = 0; i < variants.size(); i++) {
        Variant v = variants.get(i);
        cells.add(
            seed == 1 && i == 4
                ? failed(v, seed)
                : cell(v, seed, 0.8 + 0.01 * seed - 0.002 * i, v.cached() ? 700 + i : 2100 - i));
      }
    }
    return Figures.of(
        origin(),
        setup(),
        new Comparison(subject(), variants, List.of(0L, 1L, 2L)),
        Metric.ACCURACY,
        new Outcome(cells, List.of(new CacheCost("pmf", 2.5, Map.of("vit-layer1", 4_000_000L)))));
  }

  private static Provenance origin() {
    Engine engine = new Engine("djl", "PyTorch", "cpu", 2);
    return Provenance.now(List.of("bench", "methods", "--out", "a folder"), List.of(engine));
  }

  private static Setup setup() {
    return new Setup(
        "train.csv",
        "val.csv",
        "test.csv",
        Reading.of(TableOptions.DEFAULT, null, null, null),
        "single-label",
        Map.of("image", "vit", "text", "bert"),
        Map.of(),
        MatrixPrecision.FLOAT32,
        ObjectiveSettings.DEFAULT.toMap(),
        "djl",
        "cpu",
        2,
        null);
  }

  private static InspectTask.Subject subject() {
    InspectJob.Rows rows = new InspectJob.Rows(16, Map.of("image+text", 12, "text", 4));
    return new InspectTask.Subject(
        rows,
        rows,
        rows,
        List.of("circle", "square"),
        Map.of("image", new InspectJob.EncoderSummary("vit", 3, 12, 5000, "abc")),
        new Engine("djl", "PyTorch", "cpu", 2));
  }
}
