package org.pmf4j.core.trunk;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;

/**
 * What is kept of one sample: its real tokens alone. An encoder may know an end within the tokens
 * that it is given, as CLIP's of texts does.
 */
final class RealTokens {
  private RealTokens() {}

  /**
   * A sample out of its batch.
   *
   * @param batch FLOAT32 tensors [1, N, width] and perhaps a mask [1, N], whose real tokens come
   *     first
   * @return the tensors [real, width], without the mask
   */
  static TrunkOutput<HostTensor> of(TrunkOutput<HostTensor> batch) {
    long real = batch.mask().map(RealTokens::count).orElse(batch.states().shape().dim(1));
    return new TrunkOutput<>(
            batch.states(), Optional.<HostTensor>empty(), Optional.empty(), batch.settled())
        .map(t -> first(t, real));
  }

  private static long count(HostTensor mask) {
    long real = 0;
    for (boolean token : mask.booleans()) {
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
