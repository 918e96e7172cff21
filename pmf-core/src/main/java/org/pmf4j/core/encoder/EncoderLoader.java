package org.pmf4j.core.encoder;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.safetensors.TensorStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads frozen encoders onto a backend. */
public final class EncoderLoader {
  private static final Logger LOG = LoggerFactory.getLogger(EncoderLoader.class);

  private final Backend backend;
  private final PluginRegistry plugins;
  private final TransformerLayers layers;

  /** A loader for one backend. */
  @Inject
  public EncoderLoader(Backend backend, PluginRegistry plugins, TransformerLayers layers) {
    this.backend = backend;
    this.plugins = plugins;
    this.layers = layers;
  }

  /**
   * Loads an encoder.
   *
   * @return an encoder which the caller closes
   * @throws PmfException if no family reads its {@code model_type}, or files are missing, broken or
   *     do not fit the configuration
   */
  public LoadedEncoder load(Path path, MatrixPrecision precision) {
    return load(
        path,
        precision,
        plugins.modalities()::get,
        (modality, directory) -> modality.preprocessor(path, directory.modelType()));
  }

  /**
   * Loads an encoder for inputs that were preprocessed elsewhere; its modality and preprocessor
   * refuse work, and its directory needs no files for them.
   *
   * @return an encoder which the caller closes
   */
  public LoadedEncoder loadWithoutPreprocessing(Path path, MatrixPrecision precision) {
    return load(
        path,
        precision,
        NoModality::new,
        (modality, directory) -> new NoPreprocessor(directory.path()));
  }

  private LoadedEncoder load(
      Path path,
      MatrixPrecision precision,
      Function<String, Modality> modalities,
      BiFunction<Modality, EncoderDirectory, Preprocessor> preprocessing) {
    if (precision == MatrixPrecision.BFLOAT16 && !backend.info().can(Capability.BFLOAT16)) {
      throw PmfException.usage(
          "backend " + backend.info().name() + " has no bfloat16; use --precision fp32");
    }
    EncoderDirectory directory = EncoderDirectory.open(path);
    EncoderFamily family = directory.family(plugins);
    Modality modality = modalities.apply(family.modality());
    FrozenWeights weights =
        FrozenWeights.of(
            backend, new StoredWeights(TensorStore.open(path), family.prefix()), precision);
    try {
      Encoder encoder = family.build(directory.config(), weights, layers);
      List<String> unused = weights.unused(family::ignores);
      if (!unused.isEmpty()) {
        LOG.warn("{}: not used: {}", path, unused);
      }
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
}
