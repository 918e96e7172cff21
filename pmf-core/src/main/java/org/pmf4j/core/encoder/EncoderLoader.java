package org.pmf4j.core.encoder;

import static org.pmf4j.core.encoder.MatrixPrecision.FLOAT32;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.core.plugin.PluginRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads encoders onto a backend, frozen or to be trained. Several threads may use it at once. */
public final class EncoderLoader {
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
   * Loads a frozen encoder.
   *
   * @return an encoder which the caller closes
   * @throws PmfException if no family reads its {@code model_type}, or files are missing, broken or
   *     do not fit the configuration
   */
  public LoadedEncoder load(Path path, MatrixPrecision precision) {
    return load(EncoderDirectory.open(path), precision);
  }

  /**
   * Loads a frozen encoder from a directory that was opened, as {@link #load(Path,
   * MatrixPrecision)}.
   */
  public LoadedEncoder load(EncoderDirectory directory, MatrixPrecision precision) {
    Modality modality = modality(directory);
    return load(directory, frozen(precision), precision, modality, this::preprocessor);
  }

  /**
   * Loads an encoder over trainable weights.
   *
   * @param maker makes them from what is in the files; they outlive a failure of this call
   * @return an encoder which the caller closes, its parameters not among what is closed
   * @throws PmfException as {@link #load(Path, MatrixPrecision)} does
   */
  public LoadedEncoder tune(EncoderDirectory directory, TunedWeights.Maker maker) {
    return load(
        directory,
        stored -> new TunedWeights(stored, maker, new Constants(backend)),
        FLOAT32,
        modality(directory),
        this::preprocessor);
  }

  /**
   * Loads a frozen encoder for inputs that were preprocessed elsewhere; its modality and
   * preprocessor refuse work, and its directory needs no files for them.
   *
   * @return an encoder which the caller closes
   */
  public LoadedEncoder loadWithoutPreprocessing(Path path, MatrixPrecision precision) {
    EncoderDirectory directory = EncoderDirectory.open(path);
    return load(
        directory,
        frozen(precision),
        precision,
        new NoModality(directory.family(plugins).modality()),
        (modality, from) -> new NoPreprocessor(from.path()));
  }

  /**
   * Builds a directory's encoder over weights of the caller's, without reading its files of them.
   *
   * @throws PmfException if no family reads its {@code model_type}, or its configuration is broken
   */
  public Encoder build(EncoderDirectory directory, Weights weights) {
    return directory.family(plugins).build(directory.config(), weights, layers);
  }

  /** Where encoders are loaded to. */
  public Backend backend() {
    return backend;
  }

  /**
   * An encoder's shape.
   *
   * @throws PmfException if no family reads its {@code model_type}, or its configuration is broken
   */
  public EncoderShape shape(EncoderDirectory directory) {
    return directory.family(plugins).shape(directory.config()).orElseGet(() -> built(directory));
  }

  /** Without a word about weights that are not used: loading the encoder to use it tells them. */
  private EncoderShape built(EncoderDirectory directory) {
    try (LoadedWeights weights = frozen(FLOAT32).apply(stored(directory))) {
      return EncoderShape.of(build(directory, weights));
    }
  }

  private StoredWeights stored(EncoderDirectory directory) {
    return StoredWeights.open(directory.path(), directory.family(plugins).prefix());
  }

  /**
   * The kind of data that an encoder reads.
   *
   * @throws PmfException if no family reads its {@code model_type}
   */
  public Modality modality(EncoderDirectory directory) {
    return plugins.modalities().get(directory.family(plugins).modality());
  }

  private Preprocessor preprocessor(Modality modality, EncoderDirectory directory) {
    return modality.preprocessor(directory.path(), directory.modelType());
  }

  private Function<StoredWeights, LoadedWeights> frozen(MatrixPrecision precision) {
    if (precision == MatrixPrecision.BFLOAT16 && !backend.info().can(Capability.BFLOAT16)) {
      throw PmfException.usage(
          "backend " + backend.info().name() + " has no bfloat16; use --precision fp32");
    }
    if (precision == MatrixPrecision.BFLOAT16) {
      slow.warning().ifPresent(LOG::warn);
    }
    return stored -> new FrozenWeights(backend, stored, precision);
  }

  private LoadedEncoder load(
      EncoderDirectory directory,
      Function<StoredWeights, LoadedWeights> holding,
      MatrixPrecision precision,
      Modality modality,
      BiFunction<Modality, EncoderDirectory, Preprocessor> preprocessing) {
    EncoderFamily family = directory.family(plugins);
    Path path = directory.path();
    LoadedWeights weights = holding.apply(stored(directory));
    try {
      Encoder encoder = build(directory, weights);
      List<String> unused = weights.unused(family::ignores);
      if (!unused.isEmpty()) {
        LOG.warn("{}: not used: {}", path, shown(unused));
      }
      LOG.info("{}: encoder {}, {} weights", path, directory.modelType(), weights.size());
      return new LoadedEncoder(
          directory,
          modality,
          encoder,
          preprocessing.apply(modality, directory),
          weights.size(),
          unused,
          precision,
          weights);
    } catch (RuntimeException | Error e) {
      weights.close();
      throw e;
    }
  }

  /** Ten names, and how many there are where there are more. */
  private static String shown(List<String> names) {
    String first = names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", ", "[", ""));
    return names.size() > MOST_SHOWN ? first + ", … (" + names.size() + " in all)]" : first + "]";
  }
}
