package org.pmf4j.core.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.Fingerprint;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableOptions;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.core.model.EncoderSet;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.model.ModelCard;
import org.pmf4j.core.model.ModelDirectory;
import org.pmf4j.core.model.OwnEncoders;
import org.pmf4j.core.probe.ProbeComparison;
import org.pmf4j.core.training.Checkpoints;
import org.pmf4j.core.training.Trainer;

/**
 * The folder that a training run writes to.
 *
 * @param directory the model's
 * @param resumes true if a run in it is gone on with
 */
record RunFolder(ModelDirectory directory, boolean resumes) {
  private static final String ENCODER = "encoder ";

  /**
   * Looks at what is there, with the folder's lock held, and brings to its end what a killed run
   * has left half done.
   *
   * @throws PmfException if it holds what may not be replaced, or nothing to go on with
   */
  static RunFolder of(TrainConfig config) {
    ModelDirectory d = new ModelDirectory(config.out());
    d.finish();
    AtomicFile.removeLeftovers(d.checkpoints());
    boolean started = Checkpoints.existIn(d.checkpoints());
    return switch (config.existing()) {
      case REFUSE -> {
        if (d.isComplete() || started) {
          throw PmfException.usage(
              config.out()
                  + " holds a "
                  + (d.isComplete() ? "model" : "run that was not finished")
                  + "; go on with --resume, start anew with --overwrite, or choose another --out");
        }
        yield new RunFolder(d, false);
      }
      case RESUME -> {
        if (d.isComplete() && !started) {
          throw PmfException.usage(
              config.out()
                  + " holds a model, but no checkpoint to go on from; start anew with --overwrite,"
                  + " or choose another --out");
        }
        yield new RunFolder(d, started);
      }
      case OVERWRITE -> new RunFolder(d, false);
    };
  }

  /** The checkpoints of a run with these settings. */
  Checkpoints checkpoints(RunPlan plan, BackendInfo backend) {
    TrainConfig config = plan.config();
    Map<String, Object> settings = new LinkedHashMap<>(plan.method().settings().toMap());
    settings.putAll(training(plan));
    Map<String, String> same = new LinkedHashMap<>();
    settings.forEach((k, v) -> same.put(k, String.valueOf(v)));
    plan.specs()
        .asMap()
        .forEach(
            (name, e) -> {
              same.put(ENCODER + name, e.directory().fingerprint());
              same.put(EarlierEncoder.key(name), EarlierEncoder.text(e));
            });
    same.put("method", config.method());
    same.put("task", config.task());
    same.put(TrainConfig.PRECISION, config.precision().name().toLowerCase(Locale.ROOT));
    same.put("cache", plan.cached() ? config.cache().storage().name() : "none");
    same.put("data", config.data().fingerprint());
    same.put(
        "validation", config.validation().map(TableLocation::fingerprint).orElse(Checkpoints.NONE));
    if (!config.tables().equals(TableOptions.DEFAULT)) {
      same.put("tables", config.tables().toString());
    }
    plan.split()
        .ifPresent(split -> same.put(TrainSplit.SETTING, TrainSplit.keep(split, directory)));
    same.put("init", config.init().map(RunFolder::init).orElse(Checkpoints.NONE));
    return new Checkpoints(
            directory.checkpoints(),
            same,
            (key, saved) ->
                key.startsWith(ENCODER)
                    && plan.specs().get(key.substring(ENCODER.length())).isKnownAs(saved),
            backend)
        .before(MethodSettings.former(plan.method().method()));
  }

  /** All settings of training, in the order in which they are saved. */
  private static Map<String, Object> training(RunPlan plan) {
    Map<String, Object> all = new LinkedHashMap<>(plan.config().training().toMap());
    all.putAll(plan.encoderRate().toMap());
    all.putAll(plan.config().objective().toMap());
    return all;
  }

  private static String init(Path model) {
    return Fingerprint.of(new ModelDirectory(model).adapter());
  }

  /** Saves the trained model. */
  TrainReport save(RunPlan plan, Task task, FusionObjective objective, Trained trained) {
    TrainConfig config = plan.config();
    FusedModel model = objective.model();
    AdapterConfig saved =
        new AdapterConfig(
            AdapterConfig.PEFT_TYPE,
            AdapterConfig.FORMAT_VERSION,
            config.method(),
            plan.method().settings().toMap(),
            EncoderSet.describe(model.encoders(), config.out(), config.encoderSources()),
            task.kind(),
            task.labels(),
            scale(task),
            AdapterConfig.ReadColumns.of(config.tables().columns()),
            config.precision().name().toLowerCase(Locale.ROOT),
            training(plan),
            model.trainableCount(),
            model.totalCount(),
            "PMF for Java " + version(),
            null);
    Map<String, Integer> patterns = objective.patterns();
    Map<String, String> facts = provenance(config, patterns, trained);
    plan.split().ifPresent(split -> facts.put("rows of the table", split.toString()));
    directory.save(
        saved,
        model.pending(),
        ModelCard.of(saved, facts, trained.scores().orElse(null)),
        plan.split());
    new OwnEncoders(directory).forgetUnused(config.madeEncoders());
    return new TrainReport(
        config.out(),
        saved,
        trained.outcome(),
        patterns,
        trained.scores(),
        trained.trunkSeconds(),
        trained.seconds(),
        Optional.empty());
  }

  /** Keeps what probes reach beside the model that was saved. */
  void save(ProbeComparison compared) {
    ProbeRecord probes = new ProbeRecord(compared);
    directory.saveProbes(probes.json(directory.readConfig().adapterSha256()), probes.section());
  }

  private static Map<String, String> provenance(
      TrainConfig config, Map<String, Integer> patterns, Trained trained) {
    Trainer.Outcome outcome = trained.outcome();
    Map<String, String> m = new LinkedHashMap<>();
    m.put("training data", describe(config.data()));
    if (!patterns.isEmpty()) {
      List<String> counts = new ArrayList<>();
      patterns.forEach((pattern, rows) -> counts.add(pattern + " " + rows));
      m.put("training rows by what is there", String.join(", ", counts));
    }
    config.validation().ifPresent(v -> m.put("validation data", describe(v)));
    m.put("epochs, steps", outcome.epochs() + ", " + outcome.steps());
    if (outcome.bestEpoch() > 0) {
      m.put("saved epoch", outcome.bestEpoch() + " (best " + config.training().metric() + ")");
    }
    m.put(
        "time",
        String.format(
            Locale.ROOT,
            "%.0f s, and %.0f s before for the frozen layers",
            trained.seconds(),
            trained.trunkSeconds()));
    m.put("Java", System.getProperty("java.version"));
    return m;
  }

  private static String describe(TableLocation table) {
    return String.format(
        Locale.ROOT, "%s (SHA-256 %s)", table.shortName(), table.fingerprint().substring(0, 16));
  }

  private static AdapterConfig.TargetScale scale(Task task) {
    return task instanceof Task.Regression r
        ? new AdapterConfig.TargetScale(r.mean(), r.deviation())
        : null;
  }

  private static String version() {
    String v = RunFolder.class.getPackage().getImplementationVersion();
    return v == null ? "development" : v;
  }
}
