package org.pmf4j.core.encoder;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.checkpoint.EncoderFiles;

/**
 * The weights of an encoder and of the modules that make its vector, each from its own folder. For
 * the one thread that loads the encoder.
 */
final class PooledWeights implements HeldWeights {
  private final Holding holding;
  private final LoadedWeights encoder;
  private final Map<String, LoadedWeights> modules = new LinkedHashMap<>();

  /** Makes weights of what is in files. */
  @FunctionalInterface
  interface Holding {
    /**
     * Weights over files, which are closed with them.
     *
     * @param prefix by which those of a module differ from all others; empty for the encoder's own
     */
    LoadedWeights of(StoredWeights stored, String prefix);
  }

  PooledWeights(Holding holding, StoredWeights encoder) {
    this.holding = holding;
    this.encoder = holding.of(encoder, "");
  }

  LoadedWeights encoder() {
    return encoder;
  }

  /**
   * The weights of a module.
   *
   * @param path its folder in that of the model
   */
  Weights module(Path folder, String path) {
    StoredWeights stored = new StoredWeights(EncoderFiles.of(folder).open(), "");
    LoadedWeights weights = holding.of(stored, path + ".");
    modules.put(path + ".", weights);
    return weights;
  }

  /** Number of weights loaded so far, element by element. */
  long size() {
    return encoder.size() + modules.values().stream().mapToLong(LoadedWeights::size).sum();
  }

  @Override
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> all = new LinkedHashMap<>(encoder.tensors());
    modules.forEach((path, m) -> m.tensors().forEach((name, t) -> all.put(path + name, t)));
    return all;
  }

  @Override
  public void close() {
    modules.values().forEach(LoadedWeights::close);
    encoder.close();
  }
}
