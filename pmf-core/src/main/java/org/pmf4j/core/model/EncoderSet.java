package org.pmf4j.core.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.encoder.EncoderDirectories;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.encoder.FrozenEncoders;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.training.ParameterStore;

/**
 * Several encoders by modality, loaded together or not at all. Has no state: any thread may call
 * it.
 */
public final class EncoderSet {
  /** What the names of trained weights of encoders begin with. */
  public static final String TUNED = "encoder.";

  private EncoderSet() {}

  /**
   * Encoders as they are used where nothing else is chosen, without their weights.
   *
   * @param directories by modality, in order
   * @throws PmfException if one is missing, its config.json broken, or no family reads it
   */
  public static Named<EncoderSpec> specs(EncoderLoader loader, Map<String, Path> directories) {
    EncoderDirectories opened = new EncoderDirectories();
    Map<String, EncoderSpec> all = new LinkedHashMap<>();
    directories.forEach(
        (name, path) -> all.put(name, loader.spec(name, opened.get(path), Map.of())));
    return Named.of(all);
  }

  /**
   * Loads frozen encoders.
   *
   * @param directories by modality, in order
   * @return encoders which the caller closes
   */
  public static Named<LoadedEncoder> load(
      EncoderLoader loader, Map<String, Path> directories, MatrixPrecision precision) {
    return load(loader, specs(loader, directories), precision);
  }

  /**
   * Loads frozen encoders.
   *
   * @param specs by modality, in order
   * @return encoders which the caller closes
   */
  public static Named<LoadedEncoder> load(
      EncoderLoader loader, Named<EncoderSpec> specs, MatrixPrecision precision) {
    return each(specs, (name, spec) -> loader.load(spec, precision));
  }

  /**
   * Loads encoders as a method wants them.
   *
   * @param frozen gives those whose weights are not trained
   * @param parameters makes the weights that are trained, {@code encoder.<modality>.<name in the
   *     files>}; the caller closes it, also where loading fails
   * @return encoders which the caller closes
   * @throws PmfException for weights to be trained in another precision than FLOAT32
   */
  static Named<LoadedEncoder> load(
      EncoderLoader loader, FrozenEncoders frozen, Blueprint blueprint, ParameterStore parameters) {
    if (!blueprint.method().tunesEncoders()) {
      return each(blueprint.encoders(), (name, spec) -> frozen.load(spec, blueprint.precision()));
    }
    requireTunable(blueprint.method().name(), blueprint.precision());
    return each(
        blueprint.encoders(),
        (name, spec) ->
            loader.tune(spec, (key, value) -> parameters.make(TUNED + name + "." + key, value)));
  }

  /**
   * Refuses to train weights in another precision than FLOAT32.
   *
   * @param method its name, for the message
   * @throws PmfException if it is another
   */
  public static void requireTunable(String method, MatrixPrecision precision) {
    if (precision != MatrixPrecision.FLOAT32) {
      throw PmfException.usage(
          "method " + method + " trains the encoders, in fp32 alone; use --precision fp32");
    }
  }

  private static Named<LoadedEncoder> each(
      Named<EncoderSpec> specs, BiFunction<String, EncoderSpec, LoadedEncoder> load) {
    Map<String, LoadedEncoder> loaded = new LinkedHashMap<>();
    try {
      specs.asMap().forEach((name, s) -> loaded.put(name, load.apply(name, s)));
      return Named.of(loaded);
    } catch (RuntimeException e) {
      loaded.values().forEach(LoadedEncoder::close);
      throw e;
    }
  }

  /**
   * What must be known of encoders to find and recognize them again.
   *
   * @param model the directory of the model, which relative sources start from
   * @param sources by modality, of those that are not told by the way from the model to them
   */
  public static List<AdapterConfig.Base> describe(
      Named<LoadedEncoder> encoders, Path model, Map<String, String> sources) {
    return encoders.asMap().entrySet().stream()
        .map(
            e ->
                new AdapterConfig.Base(
                    e.getKey(),
                    e.getValue().directory().modelType(),
                    sources.getOrDefault(
                        e.getKey(), EncoderSource.of(e.getValue().directory().path(), model)),
                    e.getValue().directory().fingerprint(),
                    PreprocessingMark.of(e.getValue()),
                    e.getValue().spec().settings().toMap()))
        .toList();
  }
}
