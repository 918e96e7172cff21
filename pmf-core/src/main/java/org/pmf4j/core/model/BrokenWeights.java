package org.pmf4j.core.model;

import java.nio.file.Path;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.checkpoint.EncoderFiles;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.safetensors.Numbers;
import org.pmf4j.core.store.TensorStore;

/**
 * Looks for weights of encoders that are no numbers. Only once a result was none: all weights must
 * be read for it, which are hundreds of megabytes, and of which a cached training reads a part. Has
 * no state: any thread may call it.
 */
public final class BrokenWeights {
  private BrokenWeights() {}

  /** What is told of the first such tensor, if there is one. */
  public static Optional<PmfException> in(Named<LoadedEncoder> encoders) {
    return encoders.asMap().values().stream()
        .map(e -> e.directory().path())
        .flatMap(path -> in(path).stream())
        .findFirst();
  }

  private static Optional<PmfException> in(Path directory) {
    try (TensorStore store = EncoderFiles.of(directory).open()) {
      for (String name : store.names()) {
        if (store.info(name).readAs().isPresent()) {
          Numbers.require(store.source(), name, store.tensor(name));
        }
      }
      return Optional.empty();
    } catch (PmfException e) {
      return Optional.of(e);
    }
  }
}
