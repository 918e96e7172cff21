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
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.encoder.EncoderDirectory;
import org.pmf4j.core.file.Fingerprint;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.core.model.EncoderSet;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.model.ModelCard;
import org.pmf4j.core.model.ModelDirectory;
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
  Checkpoints checkpoints(
      TrainConfig config,
      Map<String, Object> settings,
      EncoderRate encoderRate,
      Named<EncoderDirectory> encoders,
      BackendInfo backend) {
    Map<String, String> same = new LinkedHashMap<>();
    settings.forEach((k, v) -> same.put(k, String.valueOf(v)));
    config.training().toMap().forEach((k, v) -> same.put(k, String.valueOf(v)));
    encoderRate.toMap().forEach((k, v) -> same.put(k, String.valueOf(v)));
    encoders.asMap().forEach((name, e) -> same.put(ENCODER + name, e.fingerprint()));
    same.put("method", config.method());
    same.put("task", config.task());
    same.put("label-smoothing", Double.toString(config.labelSmoothing()));
    same.put("modality-dropout", Double.toString(config.modalityDropout()));
    same.put("class-weights", config.classWeights().name().toLowerCase(Locale.ROOT));
    same.put(TrainConfig.PRECISION, config.precision().name().toLowerCase(Locale.ROOT));
    same.put("cache", encoderRate.tuned() ? "none" : cache(config));
    same.put("data", Fingerprint.of(List.of(config.data())));
    same.put("validation", config.validation().map(Fingerprint::of).orElse(Checkpoints.NONE));
    same.put("init", config.init().map(RunFolder::init).orElse(Checkpoints.NONE));
    return new Checkpoints(
        directory.checkpoints(),
        same,
        (key, saved) ->
            key.startsWith(ENCODER)
                && encoders.get(key.substring(ENCODER.length())).isKnownAs(saved),
        backend);
  }

  private static String init(Path model) {
    return Fingerprint.of(new ModelDirectory(model).adapter());
  }

  private static String cache(TrainConfig config) {
    return config.cache().root().isPresent() ? config.cache().storage().name() : "none";
  }

  /** Saves the trained model. */
  TrainReport save(
      TrainConfig config,
      Map<String, Object> settings,
      EncoderRate encoderRate,
      Task task,
      FusionObjective objective,
      Trainer.Outcome outcome,
      Optional<EvaluationResult> scores,
      double seconds) {
    FusedModel model = objective.model();
    Map<String, Object> training = new LinkedHashMap<>(config.training().toMap());
    training.putAll(encoderRate.toMap());
    training.put("label-smoothing", config.labelSmoothing());
    training.put("modality-dropout", config.modalityDropout());
    training.put("class-weights", config.classWeights().name().toLowerCase(Locale.ROOT));
    AdapterConfig saved =
        new AdapterConfig(
            AdapterConfig.PEFT_TYPE,
            AdapterConfig.FORMAT_VERSION,
            config.method(),
            settings,
            EncoderSet.describe(model.encoders(), config.out()),
            task.kind(),
            task.labels(),
            scale(task),
            config.precision().name().toLowerCase(Locale.ROOT),
            training,
            model.trainableCount(),
            model.totalCount(),
            "PMF for Java " + version(),
            null);
    Map<String, Integer> patterns = objective.patterns();
    Map<String, String> facts = provenance(config, patterns, outcome, seconds);
    directory.save(saved, model.pending(), ModelCard.of(saved, facts, scores.orElse(null)));
    return new TrainReport(config.out(), saved, outcome, patterns, scores, seconds);
  }

  private static Map<String, String> provenance(
      TrainConfig config, Map<String, Integer> patterns, Trainer.Outcome outcome, double seconds) {
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
    m.put("time", String.format(Locale.ROOT, "%.0f s", seconds));
    m.put("Java", System.getProperty("java.version"));
    return m;
  }

  private static String describe(Path table) {
    return String.format(
        Locale.ROOT,
        "%s (SHA-256 %s)",
        table.getFileName(),
        Fingerprint.of(List.of(table)).substring(0, 16));
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
