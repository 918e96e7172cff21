package org.pmf4j.core.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preview;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableOptions;
import org.pmf4j.core.data.TableReader;
import org.pmf4j.core.data.TableStream;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.encoder.FrozenEncoders;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.file.OutputPlace;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.split.Splitter;

/**
 * A trained model whose weights are not loaded yet: what is to be predicted can be read and checked
 * as a whole before that. Immutable; several threads may use it.
 */
public final class SavedModel {
  /** Rows that are computed at once, unless another number is chosen. */
  public static final int BATCH_SIZE = 32;

  private final Path path;
  private final AdapterConfig config;
  private final Task task;
  private final Named<EncoderSpec> encoders;
  private final ModelTables tables;
  private final FrozenEncoders own;
  private final MatrixPrecision precision;
  private final Optional<Int8Layers> layers;
  private final Loading loader;

  SavedModel(
      Path path,
      AdapterConfig config,
      Task task,
      Named<EncoderSpec> encoders,
      ModelTables tables,
      FrozenEncoders own,
      MatrixPrecision precision,
      Optional<Int8Layers> layers,
      Loading loader) {
    this.path = path;
    this.config = config;
    this.task = task;
    this.encoders = encoders;
    this.tables = tables;
    this.own = own;
    this.precision = precision;
    this.layers = layers;
    this.loader = loader;
  }

  /** Loads the weights of a model. */
  @FunctionalInterface
  interface Loading {
    /**
     * A model.
     *
     * @param frozen where its frozen encoders come from
     * @param precision of their matrices
     * @param layers that stay in single precision where others are in integers; empty where nobody
     *     has measured it
     */
    FusedModel load(FrozenEncoders frozen, MatrixPrecision precision, Optional<Int8Layers> layers);
  }

  /** How this model's tables are read: the columns that it was trained on, unless it is told. */
  public TableOptions tables() {
    return tables.reader().options();
  }

  /** The same model, whose tables are read otherwise. */
  public SavedModel reading(TableOptions options) {
    ModelTables others = new ModelTables(tables.modalities(), task, tables.reader().with(options));
    return new SavedModel(path, config, task, encoders, others, own, precision, layers, loader);
  }

  /**
   * The same model, whose frozen matrices are held in another precision than it was trained with:
   * its outputs are then others, to the rounding of that. Of integers, those layers stay in single
   * precision that {@code int8.json} beside the model names.
   */
  public SavedModel in(MatrixPrecision other) {
    return new SavedModel(path, config, task, encoders, tables, own, other, layers, loader);
  }

  /**
   * The same model, whose frozen linear layers are in 8-bit integers.
   *
   * @param inFloat but for these
   */
  public SavedModel inIntegers(Int8Layers inFloat) {
    return new SavedModel(
        path,
        config,
        task,
        encoders,
        tables,
        own,
        MatrixPrecision.INT8,
        Optional.of(inFloat),
        loader);
  }

  /** What was saved of the model. */
  public AdapterConfig config() {
    return config;
  }

  /** The model's modalities, in order. */
  public Set<String> modalities() {
    return encoders.names();
  }

  /** What each of the model's modalities reads, in order. */
  public Named<Modality> kinds() {
    return tables.modalities();
  }

  /** What the outputs mean. */
  public Task task() {
    return task;
  }

  /**
   * Reads a table with a column for each of the model's modalities, in which cells may be blank,
   * and checks all of it; labels too, where they are needed.
   *
   * @return its rows, without those that are skipped for their labels
   * @param without modalities that are taken as missing in all rows, whose columns need not be
   *     there
   * @throws PmfException with file, row, column and reason of the first ten that are wrong, or
   *     naming a modality that the model does not have
   */
  public List<Example> read(
      TableLocation table, Table.Labelled labelled, Set<String> without, Progress progress) {
    return tables.read(table, labelled, without, progress);
  }

  /** Cuts tables by a column of theirs; other columns need not be there. */
  public Splitter splitter() {
    TableReader reader = tables.reader();
    return new Splitter(reader.with(reader.options().with(Columns.DEFAULT)), Map.of());
  }

  /**
   * Opens a table that is read piece by piece, each of which is checked when it is read.
   *
   * @param without modalities that are taken as missing in all rows
   * @return what the caller closes
   * @throws PmfException naming the table, if it is none, or lacks a column
   */
  public TableStream stream(TableLocation table, Set<String> without) {
    return tables.stream(table, without);
  }

  /**
   * Reads and checks values that came without a table.
   *
   * @param cells by modality, as a table would have them
   * @param folder which relative paths start from
   * @throws PmfException naming what cannot be used
   */
  public Map<String, Source> record(Map<String, String> cells, Path folder) {
    return tables.record(cells, folder);
  }

  /**
   * What a person sees or hears of a value; see {@link Modality#preview}.
   *
   * @param modality one of the model's
   * @throws PmfException naming the value, if it cannot be read any more
   */
  public Optional<Preview> preview(String modality, Source source) {
    return tables.modalities().get(modality).preview(source);
  }

  /** Where results of this model may go: onto none of its files, and into none of its encoders. */
  public OutputPlace outputs() {
    OutputPlace place = new OutputPlace();
    ModelDirectory directory = new ModelDirectory(path);
    Map<String, Path> own = new LinkedHashMap<>();
    own.put("the model's adapter", directory.adapter());
    own.put("the model's configuration", directory.config());
    own.put("the model's card", directory.card());
    own.put("the model's log", directory.log());
    own.put("the model's split", directory.splitFile());
    own.forEach(place::file);
    place.folder("the run's checkpoints", directory.checkpoints());
    encoders.asMap().forEach((name, e) -> place.folder("the " + name + " encoder", e.path()));
    return place;
  }

  /** Loads the weights; the caller closes the classifier. */
  public Classifier load() {
    return load(BATCH_SIZE);
  }

  /**
   * Loads the weights.
   *
   * @param batchSize rows that are computed at once, at most: 1 or more. More are faster with small
   *     encoders, and take more memory; predictions are the same to rounding
   * @return what the caller closes
   */
  public Classifier load(int batchSize) {
    FusedModel model = load(own);
    return new Classifier(config, tables, model, model.trunks(), batchSize);
  }

  /**
   * Loads the weights without what predicts with them, for who runs the model's parts on their own.
   *
   * @return what the caller closes
   */
  public FusedModel assemble() {
    return load(own);
  }

  /**
   * Loads the weights over frozen encoders that come from elsewhere, which several models may
   * share.
   *
   * @param frozen gives the encoders, unless this model trains its own; what it gives is closed
   *     with the model
   * @return what the caller closes
   * @throws PmfException if files are missing, broken or do not fit
   */
  public FusedModel load(FrozenEncoders frozen) {
    return loader.load(frozen, precision, layers);
  }
}
