package org.pmf4j.core.run;

import java.nio.ByteBuffer;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;

/** Puts batches together, row after row, into one tensor. */
final class RowBuffer {
  private final Shape shape;
  private final ByteBuffer data;

  /**
   * An empty stack.
   *
   * @param rows it will hold
   * @param like shape of a batch, of which all but the first dimension count
   */
  RowBuffer(long rows, Shape like) {
    this.shape = like.with(0, rows);
    this.data = HostTensor.direct(Math.toIntExact(shape.size()), DType.FLOAT32);
  }

  /** Adds a FLOAT32 batch. */
  void add(HostTensor batch) {
    data.put(batch.data());
  }

  /** All rows, once they have been added. */
  HostTensor tensor() {
    return new HostTensor(shape, DType.FLOAT32, data.duplicate().flip());
  }

  /** Rows {@code from} to {@code to} (exclusive) of a tensor. */
  static HostTensor slice(HostTensor t, long from, long to) {
    Shape part = t.shape().with(0, to - from);
    long row = part.with(0, 1).size() * t.dtype().bytes();
    ByteBuffer bytes = t.data().slice((int) (from * row), (int) ((to - from) * row));
    return new HostTensor(part, t.dtype(), bytes);
  }
}
