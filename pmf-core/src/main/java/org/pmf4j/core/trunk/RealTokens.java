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

  /**
   * One of several samples out of their batch, in memory of its own on the Java heap.
   *
   * @param batch FLOAT32 tensors [B, N, width] and perhaps a mask [B, N], of each row of which the
   *     real tokens come first
   * @return the tensors [real, width], without the mask
   */
  static TrunkOutput<HostTensor> ofRow(TrunkOutput<HostTensor> batch, int row) {
    TrunkOutput<HostTensor> one =
        new TrunkOutput<>(
            row(batch.states(), row),
            batch.mask().map(mask -> row(mask, row)),
            Optional.empty(),
            batch.settled().map(t -> row(t, row)));
    return of(one).map(RealTokens::onHeap);
  }

  private static HostTensor row(HostTensor all, int row) {
    long[] dims = all.shape().dims();
    int bytes = Math.toIntExact(all.shape().size() / dims[0] * all.dtype().bytes());
    dims[0] = 1;
    ByteBuffer data = all.data();
    ByteBuffer own = data.slice(row * bytes, bytes).order(data.order());
    return new HostTensor(Shape.of(dims), all.dtype(), own);
  }

  /** Memory outside the heap would go when the collector comes to it, much later than its use. */
  private static HostTensor onHeap(HostTensor t) {
    ByteBuffer copy = ByteBuffer.allocate(t.data().remaining()).put(t.data()).flip();
    return new HostTensor(t.shape(), t.dtype(), copy);
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
