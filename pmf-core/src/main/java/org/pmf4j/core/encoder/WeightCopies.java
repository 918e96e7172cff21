package org.pmf4j.core.encoder;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * Brings weights from their files into memory that the backend owns, through one piece of memory
 * that is used for all of them. A backend may also compute in a mapped file, which saves the memory
 * of what is never used, such as the trunk's weights in a training from the cache; but a file that
 * is cut short in its place then ends the process without a word. The property {@value #PROPERTY},
 * set to {@code mapped}, asks for that.
 */
final class WeightCopies implements AutoCloseable {
  /** How weights are held. */
  static final String PROPERTY = "pmf.weights";

  private final Backend backend;
  private final StoredWeights stored;
  private final Map<DType, Program> programs = new EnumMap<>(DType.class);
  private final boolean mapped = "mapped".equals(System.getProperty(PROPERTY));
  private ByteBuffer memory;

  WeightCopies(Backend backend, StoredWeights stored) {
    this.backend = backend;
    this.stored = stored;
  }

  /**
   * A weight.
   *
   * @param key its name in the files
   * @return a tensor which the caller closes
   */
  Tensor get(String key, DType type, long... dims) {
    if (mapped && type == DType.FLOAT32) {
      return backend.tensor(stored.value(key, dims));
    }
    HostTensor value = stored.read(key, this::memory, dims);
    try (Tensor wide = backend.tensor(value)) {
      return programs.computeIfAbsent(type, this::into).run(Named.of("weight", wide)).get("weight");
    }
  }

  /** For the same type a product, as no operation is there that does nothing but copy. */
  private Program into(DType type) {
    return backend.inference(
        "copying", in -> in.map(t -> t.dtype() == type ? t.mul(1) : t.cast(type)));
  }

  private ByteBuffer memory(int bytes) {
    if (memory == null || memory.capacity() < bytes) {
      memory = HostTensor.direct(bytes, DType.BOOL);
    }
    return memory;
  }

  /** Frees the memory on the way; what was handed out stays. */
  @Override
  public void close() {
    memory = null;
    programs.values().forEach(Program::close);
    programs.clear();
  }
}
