package org.pmf4j.core.run;

import jakarta.inject.Inject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.data.TableFormats;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.model.EncoderSet;
import org.pmf4j.core.progress.Progress;

/** Looks at the data and encoders of a run without training. Several threads may use it at once. */
public final class InspectJob {
  private final RunPlanner planner;
  private final EncoderLoader loader;
  private final TableFormats formats;

  /** A job on one backend. */
  @Inject
  public InspectJob(RunPlanner planner, EncoderLoader loader, TableFormats formats) {
    this.planner = planner;
    this.loader = loader;
    this.formats = formats;
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
    private static Rows of(List<Example> examples, Set<String> modalities) {
      Map<String, Integer> patterns = new LinkedHashMap<>();
      ModalityPattern.patterns(examples, modalities)
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
      String modelType, int depth, int width, long parameters, String sha256) {
    private static EncoderSummary of(PlannedEncoder planned, LoadedEncoder loaded) {
      return new EncoderSummary(
          loaded.directory().modelType(),
          planned.shape().depth(),
          planned.shape().width(),
          loaded.parameters(),
          loaded.directory().fingerprint());
    }
  }

  /**
   * Goes by the part of the run's plan in which the method has no say, so that one look serves runs
   * of several methods. Reads the tables, and the headers of the files of weights: a weight itself
   * is read when a computation first asks for it, and here there is none.
   *
   * @throws org.pmf4j.api.error.PmfException naming what is wrong with data or encoders, as
   *     training would
   */
  public Inspection run(TrainConfig config) {
    Named<PlannedEncoder> planned = planner.encoders(config);
    Named<EncoderSpec> specs = planned.map(PlannedEncoder::spec);
    Named<Modality> modalities = specs.map(EncoderSpec::modality);
    TrainConfig cut = TrainSplit.anew(formats, Progress.SILENT).cut(config, modalities).config();
    RunData data = RunData.read(cut, formats, modalities, Progress.SILENT);
    Map<String, EncoderSummary> summaries = new LinkedHashMap<>();
    Named<LoadedEncoder> loaded = EncoderSet.load(loader, specs, config.precision());
    try {
      loaded
          .asMap()
          .forEach((name, e) -> summaries.put(name, EncoderSummary.of(planned.get(name), e)));
    } finally {
      loaded.asMap().values().forEach(LoadedEncoder::close);
    }
    return new Inspection(
        Rows.of(data.training(), planned.names()),
        data.validation().map(v -> Rows.of(v, planned.names())),
        data.task().labels(),
        summaries);
  }
}
