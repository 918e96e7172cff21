package org.pmf4j.core.encoder;

import static org.pmf4j.core.encoder.MatrixPrecision.FLOAT32;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.core.checkpoint.UnwrappedTensors;
import org.pmf4j.core.encoder.sentence.PoolingMode;
import org.pmf4j.core.encoder.sentence.SentenceVector;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.store.TensorStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads encoders onto a backend, frozen or to be trained. Several threads may use it at once. */
public final class EncoderLoader {
  /** Leaves open what is encoded. */
  private static final String NAMELESS = "";

  private static final int MOST_SHOWN = 10;
  private static final Logger LOG = LoggerFactory.getLogger(EncoderLoader.class);

  private final Backend backend;
  private final PluginRegistry plugins;
  private final TransformerLayers layers;
  private final SlowPrecision slow;

  /** A loader for one backend. */
  @Inject
  public EncoderLoader(Backend backend, PluginRegistry plugins, TransformerLayers layers) {
    this.backend = backend;
    this.plugins = plugins;
    this.layers = layers;
    this.slow = new SlowPrecision(backend);
  }

  /**
   * An encoder as it is going to be used.
   *
   * @param name of the encoder, which says what it encodes where its files leave that open
   * @param chosen settings that differ from the defaults, by name
   * @throws PmfException as {@link EncoderSpec#of} does, or if the directory cannot be read
   */
  public EncoderSpec spec(String name, Path path, Map<String, ?> chosen) {
    return spec(name, EncoderDirectory.open(path), chosen);
  }

  /** The same of a directory that is open. */
  public EncoderSpec spec(String name, EncoderDirectory directory, Map<String, ?> chosen) {
    return EncoderSpec.of(plugins, name, directory, chosen);
  }

  /**
   * The same of an encoder of which all that is known is what was usual before encoders had
   * settings.
   */
  public EncoderSpec formerSpec(String name, EncoderDirectory directory) {
    return EncoderSpec.former(plugins, name, directory);
  }

  /**
   * Loads a frozen encoder.
   *
   * @return an encoder which the caller closes
   * @throws PmfException if files are missing, broken or do not fit the configuration
   */
  public LoadedEncoder load(EncoderSpec spec, MatrixPrecision precision) {
    return load(spec, frozen(precision, spec.inFloat()), precision, EncoderSpec::preprocessor);
  }

  /**
   * Loads an encoder over trainable weights.
   *
   * @param maker makes them from what is in the files; they outlive a failure of this call
   * @return an encoder which the caller closes, its parameters not among what is closed
   * @throws PmfException as {@link #load} does
   */
  public LoadedEncoder tune(EncoderSpec spec, TunedWeights.Maker maker) {
    return load(
        spec,
        (stored, prefix) ->
            new TunedWeights(
                stored, (key, value) -> maker.make(prefix + key, value), new Constants(backend)),
        FLOAT32,
        EncoderSpec::preprocessor);
  }

  /**
   * Loads a frozen encoder for inputs that were preprocessed elsewhere; its modality and
   * preprocessor refuse work, and its directory needs no files for them.
   *
   * @param chosen settings that differ from the defaults, by name
   * @return an encoder which the caller closes
   */
  public LoadedEncoder loadWithoutPreprocessing(
      Path path, Map<String, ?> chosen, MatrixPrecision precision) {
    EncoderSpec spec =
        EncoderSpec.withoutModality(plugins, NAMELESS, EncoderDirectory.open(path), chosen);
    return load(spec, frozen(precision, Set.of()), precision, s -> new NoPreprocessor(s.path()));
  }

  /**
   * Builds an encoder over weights of the caller's, without reading its files of them, and so
   * without what modules beside it make of its states.
   *
   * @throws PmfException if its configuration is broken
   */
  public Encoder build(EncoderSpec spec, Weights weights) {
    Encoder encoder = spec.family().build(spec.directory().config(), weights, layers);
    Optional<PoolingMode> mode = spec.settings().get(EncoderSpec.POOLING).mode();
    return mode.<Encoder>map(m -> new PooledEncoder(encoder, m.pooling(weights))).orElse(encoder);
  }

  /**
   * The same with what modules beside it make of its states.
   *
   * @param promptTokens how many tokens of a prompt stand at the beginning of each sample
   */
  private Encoder build(EncoderSpec spec, PooledWeights weights, int promptTokens) {
    Encoder encoder = build(spec, weights.encoder());
    Optional<SentenceVector> vector = spec.vector();
    vector.ifPresent(v -> v.requireWidth(encoder.width()));
    return vector
        .map(v -> v.pooling(weights.encoder(), promptTokens, weights::module))
        .<Encoder>map(pooling -> new PooledEncoder(encoder, pooling))
        .orElse(encoder);
  }

  /** Where encoders are loaded to. */
  public Backend backend() {
    return backend;
  }

  /**
   * An encoder's shape.
   *
   * @throws PmfException if its configuration is broken
   */
  public EncoderShape shape(EncoderSpec spec) {
    EncoderShape shape =
        spec.family().shape(spec.directory().config()).orElseGet(() -> built(spec));
    spec.vector().ifPresent(vector -> vector.requireWidth(shape.width()));
    return shape;
  }

  /** Without a word about weights that are not used: loading the encoder to use it tells them. */
  private EncoderShape built(EncoderSpec spec) {
    try (LoadedWeights weights = frozen(FLOAT32, Set.of()).of(stored(spec), "")) {
      return EncoderShape.of(build(spec, weights));
    }
  }

  /**
   * Checks that an encoder's preprocessing can be read, and that its family finds in some weights
   * all that it asks for, by their names, types and shapes alone.
   *
   * @param weights that lie elsewhere than in the encoder's directory; closed by this
   * @return names of those that it does not ask for, in order
   * @throws PmfException naming the tensor that is missing or does not fit
   */
  public List<String> check(EncoderSpec spec, TensorStore weights) {
    spec.preprocessor().close();
    String prefix = spec.family().prefix();
    StoredWeights stored = new StoredWeights(UnwrappedTensors.of(weights, prefix), prefix);
    try (LoadedWeights loaded = frozen(FLOAT32, Set.of()).of(stored, "")) {
      build(spec, loaded);
      return loaded.unused(spec.family()::ignores);
    }
  }

  private static StoredWeights stored(EncoderSpec spec) {
    return StoredWeights.open(spec.directory().files(), spec.family().prefix());
  }

  /**
   * Refuses a precision of frozen matrices that the backend does not have.
   *
   * @throws PmfException of the kind USAGE, saying what has it
   */
  public void require(MatrixPrecision precision) {
    if (precision == MatrixPrecision.INT8 && !backend.info().can(Capability.INT8)) {
      throw PmfException.usage(
          "backend "
              + backend.info().name()
              + " has no 8-bit integers; --precision int8 goes with --backend ort");
    }
    if (precision == MatrixPrecision.BFLOAT16 && !backend.info().can(Capability.BFLOAT16)) {
      throw PmfException.usage(
          "backend " + backend.info().name() + " has no bfloat16; use --precision fp32");
    }
  }

  private PooledWeights.Holding frozen(MatrixPrecision precision, Set<String> inFloat) {
    require(precision);
    if (precision == MatrixPrecision.BFLOAT16) {
      slow.warning().ifPresent(LOG::warn);
    }
    return (stored, prefix) -> new FrozenWeights(backend, stored, precision, inFloat);
  }

  private LoadedEncoder load(
      EncoderSpec spec,
      PooledWeights.Holding holding,
      MatrixPrecision precision,
      Function<EncoderSpec, Preprocessor> preprocessing) {
    PooledWeights weights = new PooledWeights(holding, stored(spec));
    try {
      Preprocessor preprocessor = preprocessing.apply(spec);
      try {
        return load(spec, weights, precision, preprocessor);
      } catch (RuntimeException | Error e) {
        preprocessor.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      weights.close();
      throw e;
    }
  }

  private LoadedEncoder load(
      EncoderSpec spec,
      PooledWeights weights,
      MatrixPrecision precision,
      Preprocessor preprocessor) {
    Encoder encoder = build(spec, weights, preprocessor.promptTokens());
    List<String> unused = weights.encoder().unused(spec.family()::ignores);
    if (!unused.isEmpty()) {
      LOG.warn("{}: not used: {}", spec.path(), shown(unused));
    }
    LOG.info(
        "{}: encoder {} {}, {} weights",
        spec.path(),
        spec.directory().modelType(),
        spec.settings(),
        weights.size());
    return new LoadedEncoder(
        spec,
        encoder,
        preprocessor,
        weights.size(),
        unused,
        precision,
        weights.freedWith(preprocessor));
  }

  /** Ten names, and how many there are where there are more. */
  private static String shown(List<String> names) {
    String first = names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", ", "[", ""));
    return names.size() > MOST_SHOWN ? first + ", … (" + names.size() + " in all)]" : first + "]";
  }
}
