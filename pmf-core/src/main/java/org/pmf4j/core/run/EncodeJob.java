package org.pmf4j.core.run;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.TableChecks;
import org.pmf4j.core.data.TableFormats;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableOptions;
import org.pmf4j.core.data.TableReader;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.file.OutputPlace;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.safetensors.SafetensorsWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one encoder alone and saves all its hidden states: {@code hidden_states.0} (what enters the
 * first layer) to {@code hidden_states.N} (what leaves the last, before any final norm), {@code
 * last_hidden_state} (after it) and {@code pooled}. Several threads may use it at once.
 */
public final class EncodeJob {
  private static final Logger LOG = LoggerFactory.getLogger(EncodeJob.class);

  private static final int ROWS_AT_ONCE = 8;

  private final Backend backend;
  private final EncoderLoader loader;
  private final TableFormats formats;

  /** A job on one backend. */
  @Inject
  public EncodeJob(Backend backend, EncoderLoader loader, TableFormats formats) {
    this.backend = backend;
    this.loader = loader;
    this.formats = formats;
  }

  /**
   * Encodes one column of a table; the preprocessed inputs are saved as well, under their Hugging
   * Face names.
   *
   * @param encoder its directory
   * @param chosen settings of it that differ from the defaults, by name
   * @param table CSV or JSONL
   * @param column to encode
   * @param out safetensors file to write
   */
  public void table(
      Path encoder,
      Map<String, ?> chosen,
      Path table,
      String column,
      Path out,
      MatrixPrecision precision,
      Progress progress) {
    table(
        encoder,
        chosen,
        TableLocation.of(table),
        TableOptions.DEFAULT,
        column,
        out,
        precision,
        progress);
  }

  /**
   * Encodes one column of a table, as {@link #table(Path, Map, Path, String, Path, MatrixPrecision,
   * Progress)} does.
   *
   * @param options how the table is read; its columns are not asked for
   */
  public void table(
      Path encoder,
      Map<String, ?> chosen,
      TableLocation table,
      TableOptions options,
      String column,
      Path out,
      MatrixPrecision precision,
      Progress progress) {
    OutputPlace places = places(encoder);
    table.keepIn(places, "the table");
    places.requireFile(out);
    EncoderSpec spec = loader.spec(column, encoder, chosen);
    TableReader reader = TableReader.of(formats, options.with(Columns.unlabelled(column)));
    TableChecks checks = new TableChecks(Map.of(column, spec.modality()), reader, progress);
    Table rows = checks.read(table, Table.Labelled.OPTIONAL);
    checks.finish();
    rows.requireNotNamed(out);
    List<Example> examples = rows.examples();
    try (LoadedEncoder loaded = loader.load(spec, precision)) {
      CutRows.warn(column, loaded, examples, progress);
      Preprocessor p = loaded.preprocessor();
      Named<HostTensor> inputs =
          p.collate(examples.stream().map(e -> e.prepare(column, p)).toList());
      Map<String, HostTensor> all = new LinkedHashMap<>(inputs.asMap());
      all.putAll(encode(loaded, inputs, table.toString(), progress));
      save(out, all);
    }
  }

  /**
   * Encodes inputs that were preprocessed elsewhere.
   *
   * @param encoder its directory
   * @param chosen settings of it that differ from the defaults, by name
   * @param inputs safetensors file with a batch under its Hugging Face names
   * @param out safetensors file to write
   */
  public void inputs(
      Path encoder,
      Map<String, ?> chosen,
      Path inputs,
      Path out,
      MatrixPrecision precision,
      Progress progress) {
    places(encoder).file("the file of inputs", inputs).requireFile(out);
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    try (SafetensorsFile file = SafetensorsFile.open(inputs)) {
      file.names().forEach(name -> tensors.put(name, file.tensor(name)));
    }
    try (LoadedEncoder loaded = loader.loadWithoutPreprocessing(encoder, chosen, precision)) {
      EncodeInputs.check(inputs, tensors, loaded.spec().config());
      Map<String, HostTensor> states =
          encode(loaded, Named.of(tensors), inputs.toString(), progress);
      save(out, states);
    }
  }

  private static void save(Path out, Map<String, HostTensor> tensors) {
    SafetensorsWriter.write(out, tensors, Map.of("format", "pt"));
    LOG.info("{}: {} tensors saved", out, tensors.size());
  }

  private static OutputPlace places(Path encoder) {
    return new OutputPlace().folder("the encoder", encoder);
  }

  private Map<String, HostTensor> encode(
      LoadedEncoder loaded, Named<HostTensor> inputs, String source, Progress progress) {
    long rows = inputs.asMap().values().iterator().next().shape().dim(0);
    Map<String, RowBuffer> stacks = new LinkedHashMap<>();
    try (Program program = backend.inference("encode", in -> states(loaded.encoder(), in));
        Progress.Bar bar = progress.begin("encode", rows, "samples")) {
      for (long from = 0; from < rows; from += ROWS_AT_ONCE) {
        progress.checkStop("while encoding");
        long first = from;
        long end = Math.min(rows, from + ROWS_AT_ONCE);
        Named<HostTensor> part = inputs.map(t -> RowBuffer.slice(t, first, end));
        run(program, part)
            .asMap()
            .forEach(
                (name, t) ->
                    stacks.computeIfAbsent(name, n -> new RowBuffer(rows, t.shape())).add(t));
        bar.advance(end - first, "");
      }
    } catch (IllegalArgumentException | NoSuchElementException e) {
      throw PmfException.input(source + ": does not fit the encoder: " + e.getMessage(), e);
    }
    Map<String, HostTensor> states = new LinkedHashMap<>();
    stacks.forEach((name, stack) -> states.put(name, stack.tensor()));
    return states;
  }

  private Named<HostTensor> run(Program program, Named<HostTensor> inputs) {
    Named<Tensor> in = inputs.map(backend::tensor);
    try {
      Named<Tensor> out = program.run(in);
      try {
        return out.map(backend::read);
      } finally {
        out.asMap().values().forEach(Tensor::close);
      }
    } finally {
      in.asMap().values().forEach(Tensor::close);
    }
  }

  private static Named<Tensor> states(Encoder encoder, Named<Tensor> inputs) {
    Map<String, Tensor> out = new LinkedHashMap<>();
    Tokens tokens = encoder.embed(inputs);
    out.put("hidden_states.0", tokens.states());
    int i = 0;
    for (EncoderLayer layer : encoder.layers()) {
      Tokens before = tokens;
      tokens = before.withStates(TensorScope.tidy(() -> layer.apply(before).states()));
      out.put("hidden_states." + ++i, tokens.states());
    }
    Tensor rows = encoder.finalNorm(encoder.pooling().rows(tokens.states()));
    out.put("last_hidden_state", encoder.finalNorm(tokens.states()));
    out.put("pooled", encoder.pooling().pool(rows, tokens.mask()));
    return Named.of(out);
  }
}
