package org.pmf4j.core.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.lifetime.Lifetime;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableOptions;
import org.pmf4j.core.data.TableReader;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.trunk.Trunks;

/**
 * A trained model, ready to predict. Several threads may use it at once, and any may close it:
 * calls that are under way end as they would have, later ones throw {@link IllegalStateException},
 * and the memory is freed with the last call.
 */
public final class Classifier implements AutoCloseable {
  private final AdapterConfig config;
  private final FusedModel model;
  private final Trunks trunks;
  private final Inference inference;
  private final Lifetime lifetime = new Lifetime("the classifier", this::free);
  private final ModelTables tables;

  /**
   * A classifier over a loaded model.
   *
   * @param config what was saved of it
   * @param tables reads what it is to work on
   * @param model closed by this classifier
   * @param trunks closed by this classifier
   * @param batchSize rows that are computed at once, at most
   */
  Classifier(
      AdapterConfig config, ModelTables tables, FusedModel model, Trunks trunks, int batchSize) {
    this.config = config;
    this.model = model;
    this.trunks = trunks;
    this.inference = new Inference(model, trunks, tables.task(), batchSize);
    this.tables = tables;
  }

  /** What was saved of the model. */
  public AdapterConfig config() {
    return config;
  }

  /** What the outputs mean. */
  public Task task() {
    return inference.task();
  }

  /** The encoders by modality. */
  public Named<LoadedEncoder> encoders() {
    return model.encoders();
  }

  /**
   * Predicts one example.
   *
   * @param sources by modality, a value for each that is there: one or more of the model's
   * @throws PmfException if there is none, if one is of no modality of the model, or cannot be
   *     read, or if this thread is interrupted
   * @throws IllegalStateException after {@link #close()}
   */
  public Prediction predict(Map<String, Source> sources) {
    lifetime.requireOpen();
    tables.requireKnown(sources.keySet());
    return predict(List.of(Example.of(sources)), Progress.SILENT).get(0);
  }

  /** Predicts many examples, in order. */
  public List<Prediction> predict(List<Example> examples, Progress progress) {
    return lifetime.during(() -> inference.predict("predict", examples, progress));
  }

  /**
   * Predicts many examples one by one.
   *
   * @param each takes the predictions in the order of the examples, each as soon as its batch is
   *     computed; called by this thread
   */
  public void predict(List<Example> examples, Progress progress, Consumer<Prediction> each) {
    lifetime.during(
        () -> {
          inference.predict("predict", examples, progress, each);
          return null;
        });
  }

  /**
   * Of which encoders some of these examples are seen in part, because they are longer than it
   * takes. Prepares texts once more to see it.
   */
  public List<CutSamples> cuts(List<Example> examples, Progress progress) {
    return lifetime.during(() -> CutSamples.of(model.encoders(), examples, progress));
  }

  /** Compares predictions with the labels of examples. */
  public EvaluationResult evaluate(List<Example> examples, Progress progress) {
    return lifetime.during(() -> inference.evaluate("evaluate", examples, progress));
  }

  /**
   * Compares predictions with the labels of examples, row by row.
   *
   * @throws PmfException naming the row of a label that the task does not know
   */
  public Answers answers(List<Example> examples, Progress progress) {
    return lifetime.during(() -> inference.answers("evaluate", examples, progress));
  }

  /**
   * Reads a table with a column for each of the model's modalities, in which cells may be blank,
   * and checks all of it.
   *
   * @throws PmfException naming file, row and column of what is wrong
   */
  public List<Example> read(Path table, Table.Labelled labelled) {
    return read(table, labelled, Set.of());
  }

  /**
   * Reads a table as if some modalities were missing in all its rows.
   *
   * @param without these modalities, whose columns are not read and need not be there
   * @throws PmfException naming file, row and column of what is wrong, or a modality that the model
   *     does not have
   */
  public List<Example> read(Path table, Table.Labelled labelled, Set<String> without) {
    lifetime.requireOpen();
    return tables.read(TableLocation.of(table), labelled, without, Progress.SILENT);
  }

  /**
   * Reads a table of any kind; its columns are those that the model was trained on, unless others
   * are chosen.
   *
   * @return its rows, without those that are skipped for their labels
   * @throws PmfException naming the table, row and column of what is wrong
   */
  public List<Example> read(TableLocation table, TableOptions options, Table.Labelled labelled) {
    lifetime.requireOpen();
    TableReader reader = tables.reader().with(options);
    return new ModelTables(tables.modalities(), task(), reader)
        .read(table, labelled, Set.of(), Progress.SILENT);
  }

  /** Lets no call begin any more, and frees the model now or with the last one; never waits. */
  @Override
  public void close() {
    lifetime.close();
  }

  private void free() {
    trunks.close();
    model.close();
  }
}
