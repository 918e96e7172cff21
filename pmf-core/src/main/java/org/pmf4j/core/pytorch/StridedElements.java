package org.pmf4j.core.pytorch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Puts the elements of a view where they belong in a row-major tensor, as they come by in the order
 * of the storage: each byte of the file is read once and held for a moment.
 */
final class StridedElements {
  private final ByteBuffer to;
  private final int width;
  private final long[] size;
  private final long[] stride;
  private final long[] step;
  private final long[] index;
  private long source;
  private long target;
  private boolean done;

  /**
   * Elements of one tensor.
   *
   * @param layout without overlaps, with at least one element
   * @param to memory of the tensor
   * @param width bytes of an element there: 1, 4 or 8
   */
  StridedElements(Layout layout, ByteBuffer to, int width) {
    this.to = to;
    this.width = width;
    long[] rowMajor = new long[layout.size().length];
    long next = 1;
    for (int d = rowMajor.length - 1; d >= 0; d--) {
      rowMajor[d] = next;
      next *= layout.size()[d];
    }
    List<Integer> order = layout.fromFarToNear();
    size = order.stream().mapToLong(d -> layout.size()[d]).toArray();
    stride = order.stream().mapToLong(d -> layout.stride()[d]).toArray();
    step = order.stream().mapToLong(d -> rowMajor[d]).toArray();
    index = new long[size.length];
  }

  /**
   * Takes what is of the tensor from a piece of the storage.
   *
   * @param elements one after another, little endian
   * @param first place of the first, counted from that of the tensor's first element
   */
  void take(ByteBuffer elements, long first) {
    ByteBuffer from = elements.order(ByteOrder.LITTLE_ENDIAN);
    int base = from.position();
    long end = first + from.remaining() / width;
    while (!done && source < end) {
      int at = base + (int) (source - first) * width;
      int into = (int) (target * width);
      switch (width) {
        case 1 -> to.put(into, from.get(at));
        case 4 -> to.putInt(into, from.getInt(at));
        default -> to.putLong(into, from.getLong(at));
      }
      advance();
    }
  }

  private void advance() {
    for (int d = index.length - 1; d >= 0; d--) {
      source += stride[d];
      target += step[d];
      if (++index[d] < size[d]) {
        return;
      }
      source -= size[d] * stride[d];
      target -= size[d] * step[d];
      index[d] = 0;
    }
    done = true;
  }
}
