package org.pmf4j.core.run;

import jakarta.inject.Inject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.encoder.EncoderDirectory;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.model.EncoderSet;
import org.pmf4j.core.progress.Progress;

/** Looks at the data and encoders of a run without training. Several threads may use it at once. */
public final class InspectJob {
  private final EncoderLoader loader;

  /** A job on one backend. */
  @Inject
  public InspectJob(EncoderLoader loader) {
    this.loader = loader;
  }

  /**
   * What a run works on.
   *
   * @param training rows to train on
   * @param validation rows to validate on, if there are any
   * @param labels classes in the order of the logits; for regression the name of the value
   * @param encoders by modality
   */
  public record Inspection(
      Rows training,
      Optional<Rows> validation,
      List<String> labels,
      Map<String, EncoderSummary> encoders) {
    /** Copies the collections. */
    public Inspection {
      labels = List.copyOf(labels);
      encoders = Collections.unmodifiableMap(new LinkedHashMap<>(encoders));
    }
  }

  /**
   * Rows of a table.
   *
   * @param count how many
   * @param patterns where some lack modalities, how many there are of each pattern; else empty
   */
  public record Rows(int count, Map<String, Integer> patterns) {
    private static Rows of(List<Example> examples, Named<LoadedEncoder> encoders) {
      Map<String, Integer> patterns = new LinkedHashMap<>();
      ModalityPattern.patterns(examples, encoders.names())
          .forEach((p, rows) -> patterns.put(p.toString(), rows.size()));
      return new Rows(examples.size(), Collections.unmodifiableMap(patterns));
    }
  }

  /**
   * What is known of an encoder.
   *
   * @param modelType its family
   * @param depth number of layers
   * @param width of its hidden states
   * @param parameters number of weights
   * @param sha256 fingerprint of its files
   */
  public record EncoderSummary(
      String modelType, int depth, int width, long parameters, String sha256) {}

  /**
   * Reads everything once.
   *
   * @throws org.pmf4j.api.error.PmfException naming what is wrong with data or encoders, as
   *     training would
   */
  public Inspection run(TrainConfig config) {
    Named<EncoderDirectory> directories = EncoderSet.open(config.encoders());
    RunData data = RunData.read(config, directories.map(loader::modality), Progress.SILENT);
    Named<LoadedEncoder> encoders = EncoderSet.load(loader, directories, config.precision());
    try {
      Map<String, EncoderSummary> facts = new LinkedHashMap<>();
      encoders.asMap().forEach((name, e) -> facts.put(name, facts(e)));
      return new Inspection(
          Rows.of(data.training(), encoders),
          data.validation().map(v -> Rows.of(v, encoders)),
          data.task().labels(),
          facts);
    } finally {
      encoders.asMap().values().forEach(LoadedEncoder::close);
    }
  }

  private static EncoderSummary facts(LoadedEncoder e) {
    return new EncoderSummary(
        e.directory().modelType(),
        e.encoder().depth(),
        e.encoder().width(),
        e.parameters(),
        e.directory().fingerprint());
  }
}
