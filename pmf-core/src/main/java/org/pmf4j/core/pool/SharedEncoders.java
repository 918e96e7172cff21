package org.pmf4j.core.pool;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.encoder.FrozenEncoders;
import org.pmf4j.core.encoder.HeldWeights;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.trunk.SampleTrunk;

/**
 * Frozen encoders, each loaded once for all models that use it in the same way, and freed with the
 * last of them. Several threads may use it at once.
 */
final class SharedEncoders implements FrozenEncoders {
  private final EncoderLoader loader;
  private final Map<Key, Shared> all = new HashMap<>();

  SharedEncoders(EncoderLoader loader) {
    this.loader = loader;
  }

  /** What two uses of an encoder have in common that may share it. */
  private record Key(
      String fingerprint,
      String family,
      Map<String, ?> settings,
      MatrixPrecision precision,
      Set<String> inFloat) {
    static Key of(EncoderSpec spec, MatrixPrecision precision) {
      return new Key(
          spec.directory().fingerprint(),
          spec.family().getClass().getName(),
          spec.settings().toMap(),
          precision,
          precision == MatrixPrecision.INT8 ? spec.inFloat() : Set.of());
    }
  }

  /** An encoder, and its trunks by depth. */
  private static final class Shared {
    private final LoadedEncoder encoder;
    private final Map<Integer, SampleTrunk> trunks = new HashMap<>();
    private int uses;

    private Shared(LoadedEncoder encoder) {
      this.encoder = encoder;
    }

    private void close() {
      trunks.values().forEach(SampleTrunk::close);
      encoder.close();
    }
  }

  /** Weights that stay, and are given back where a borrower closes them. */
  private record LentWeights(HeldWeights own, Runnable giveBack) implements HeldWeights {
    @Override
    public Map<String, Tensor> tensors() {
      return own.tensors();
    }

    @Override
    public void close() {
      giveBack.run();
    }
  }

  /** Loads it, if no model uses it yet; its closing frees it, if no other does any more. */
  @Override
  public synchronized LoadedEncoder load(EncoderSpec spec, MatrixPrecision precision) {
    Key key = Key.of(spec, precision);
    Shared shared = all.computeIfAbsent(key, k -> new Shared(loader.load(spec, precision)));
    shared.uses++;
    LoadedEncoder own = shared.encoder;
    return new LoadedEncoder(
        own.spec(),
        own.encoder(),
        own.preprocessor(),
        own.parameters(),
        own.unused(),
        precision,
        new LentWeights(own.weights(), () -> giveBack(key)));
  }

  /**
   * The trunk of an encoder that was lent.
   *
   * @param encoder as {@link #load} gave it
   * @param depth how many layers it has
   * @return stays this object's
   */
  synchronized SampleTrunk trunk(LoadedEncoder encoder, int depth) {
    Shared shared = all.get(Key.of(encoder.spec(), encoder.precision()));
    return shared.trunks.computeIfAbsent(depth, d -> new SampleTrunk(backend(), shared.encoder, d));
  }

  private synchronized void giveBack(Key key) {
    Shared shared = all.get(key);
    shared.uses--;
    if (shared.uses == 0) {
      all.remove(key).close();
    }
  }

  synchronized int count() {
    return all.size();
  }

  Backend backend() {
    return loader.backend();
  }
}
