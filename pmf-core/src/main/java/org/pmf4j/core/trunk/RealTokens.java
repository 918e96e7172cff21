package org.pmf4j.core.trunk;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;

/**
 * What is kept of one sample: its real tokens alone. An encoder may know an end within the tokens
 * that it is given, as CLIP's of texts does.
 */
final class RealTokens {
  private RealTokens() {}

  /**
   * A sample out of its batch.
   *
   * @param batch FLOAT32 tensors [1, N, width] and perhaps {@code mask} BOOL [1, N], whose real
   *     tokens come first
   * @return the tensors [real, width], without the mask
   */
  static Named<HostTensor> of(Named<HostTensor> batch) {
    Map<String, HostTensor> kept = new LinkedHashMap<>();
    for (String name : batch.names()) {
      if (!name.equals(Trunks.MASK)) {
        HostTensor all = batch.get(name);
        kept.put(name, first(all, real(batch, all.shape().dim(1))));
      }
    }
    return Named.of(kept);
  }

  private static long real(Named<HostTensor> batch, long tokens) {
    if (!batch.has(Trunks.MASK)) {
      return tokens;
    }
    long real = 0;
    for (boolean token : batch.get(Trunks.MASK).booleans()) {
      real += token ? 1 : 0;
    }
    return real;
  }

  private static HostTensor first(HostTensor all, long tokens) {
    long width = all.shape().dim(2);
    ByteBuffer data = all.data();
    int bytes = Math.toIntExact(tokens * width * all.dtype().bytes());
    ByteBuffer first = data.slice(0, bytes).order(data.order());
    return new HostTensor(Shape.of(tokens, width), all.dtype(), first);
  }
}
