package org.pmf4j.core.trunk;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;

/**
 * Memory of batches outside the Java heap, used again once a batch is given back. Left to the
 * garbage collector, which sees only the small objects on the heap, gigabytes of it would pile up.
 * A batch that is never given back is the collector's. For any thread.
 */
final class BatchMemory {
  /** More than the batches that are ahead of a step at any time are made of. */
  private static final int KEPT = 128;

  private final List<ByteBuffer> free = new ArrayList<>();
  private final List<Lent> lent = new ArrayList<>();

  private record Lent(WeakReference<HostTensor> tensor, ByteBuffer memory) {}

  /**
   * Memory for a tensor; what is in it is left from others.
   *
   * @return from position 0 to at least {@code bytes}, little endian
   */
  synchronized ByteBuffer take(int bytes) {
    Optional<ByteBuffer> fit =
        free.stream()
            .filter(b -> b.capacity() >= bytes)
            .min(Comparator.comparingInt(ByteBuffer::capacity));
    fit.ifPresent(this::remove);
    return fit.orElseGet(() -> HostTensor.direct(roomy(bytes), DType.BOOL)).clear();
  }

  /** By identity: buffers of the same content are equal. */
  @SuppressWarnings("ReferenceEquality")
  private void remove(ByteBuffer memory) {
    for (int i = 0; i < free.size(); i++) {
      if (free.get(i) == memory) {
        free.remove(i);
        return;
      }
    }
  }

  /** An eighth more, so that the next batch, whose texts are a little longer, fits too. */
  private static int roomy(int bytes) {
    return (int) Math.min(Integer.MAX_VALUE - 8L, bytes + (long) bytes / 8);
  }

  /**
   * The tensor that was written to memory from {@link #take}.
   *
   * @param memory its elements from the beginning
   */
  synchronized HostTensor lend(Shape shape, DType type, ByteBuffer memory) {
    int bytes = Math.toIntExact(shape.size() * type.bytes());
    HostTensor tensor = new HostTensor(shape, type, memory.clear().limit(bytes));
    lent.removeIf(l -> l.tensor().get() == null);
    lent.add(new Lent(new WeakReference<>(tensor), memory));
    return tensor;
  }

  /** Takes back the memory of a tensor that was lent and is used no more; others are left alone. */
  @SuppressWarnings("ReferenceEquality")
  synchronized void giveBack(HostTensor tensor) {
    for (int i = 0; i < lent.size(); i++) {
      if (lent.get(i).tensor().get() == tensor) {
        free.add(lent.remove(i).memory());
        if (free.size() > KEPT) {
          free.remove(0);
        }
        return;
      }
    }
  }
}
