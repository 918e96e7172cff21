package org.pmf4j.core.encoder;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/**
 * Brings weights from their files into memory that the backend owns, when a run first needs them:
 * those of the trunk are never read where its outputs are cached. They are read through one piece
 * of memory and not mapped, because a file that is cut short in its place would then end the
 * process without a word.
 */
final class WeightCopies {
  /** Larger memory is not kept for the next weight: embeddings are many times the rest. */
  private static final int MOST_KEPT = 128 << 20;

  private final Backend backend;
  private final StoredWeights stored;
  private ByteBuffer memory;

  WeightCopies(Backend backend, StoredWeights stored) {
    this.backend = backend;
    this.stored = stored;
  }

  /**
   * A weight.
   *
   * @param key its name in the files
   * @return a tensor which the caller closes; until then the files stay open
   * @throws org.pmf4j.api.error.PmfException if it has another shape, or a type that is not read
   */
  Tensor get(String key, DType type, long... dims) {
    stored.check(key, dims);
    return backend.deferred(Shape.of(dims), type, new FromFile(key, dims));
  }

  /**
   * The weight of a linear layer, in integers.
   *
   * @param key its name in the files
   * @return a tensor as {@link #get} returns it
   */
  Tensor integers(String key, long... dims) {
    stored.check(key, dims);
    return backend.quantized(Shape.of(dims), new FromFile(key, dims));
  }

  /** One weight in its file. */
  private final class FromFile implements Backend.DeferredData {
    private final String key;
    private final long[] dims;

    FromFile(String key, long[] dims) {
      this.key = key;
      this.dims = dims;
    }

    @Override
    public <T> T with(Function<HostTensor, T> use) {
      synchronized (WeightCopies.this) {
        return use.apply(stored.read(key, WeightCopies.this::memory, dims));
      }
    }
  }

  private ByteBuffer memory(int bytes) {
    if (bytes > MOST_KEPT) {
      return HostTensor.direct(bytes, DType.BOOL);
    }
    if (memory == null || memory.capacity() < bytes) {
      memory = HostTensor.direct(bytes, DType.BOOL);
    }
    return memory;
  }
}
