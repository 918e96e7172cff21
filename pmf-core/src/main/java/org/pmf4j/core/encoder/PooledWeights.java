package org.pmf4j.core.encoder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.core.checkpoint.EncoderFiles;

/**
 * The weights of an encoder and of the modules that make its vector, each from its own folder. For
 * the one thread that loads the encoder.
 */
final class PooledWeights implements AutoCloseable {
  private final Holding holding;
  private final LoadedWeights encoder;
  private final List<LoadedWeights> modules = new ArrayList<>();

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
    modules.add(weights);
    return weights;
  }

  /** Number of weights loaded so far, element by element. */
  long size() {
    return encoder.size() + modules.stream().mapToLong(LoadedWeights::size).sum();
  }

  @Override
  public void close() {
    modules.forEach(LoadedWeights::close);
    encoder.close();
  }
}
