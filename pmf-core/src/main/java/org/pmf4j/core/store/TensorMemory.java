package org.pmf4j.core.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.file.Shown;

/**
 * Makes tensors of a file in memory that is asked for. Has no state that changes: several threads
 * may use it at once.
 *
 * @param file for messages
 */
public record TensorMemory(Path file) {

  /**
   * A tensor in memory of the caller's.
   *
   * @param memory gives room for so many bytes, direct and aligned to 8
   * @param fill puts all elements there, little endian, from the memory's position on
   * @throws PmfException naming file and tensor, if its type is not read, if it takes more than 2
   *     GiB, or if no memory is left
   */
  public HostTensor filled(
      TensorInfo info, IntFunction<ByteBuffer> memory, Consumer<ByteBuffer> fill) {
    DType type = info.readAs().orElseThrow(() -> unread(info));
    long size = info.shape().size() * type.bytes();
    if (size > Integer.MAX_VALUE) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: tensor %s takes %d bytes; at most 2 GiB can be held as one",
              file,
              Shown.plain(info.name()),
              size));
    }
    ByteBuffer data = room(info, (int) size, memory);
    fill.accept(data);
    return new HostTensor(info.shape(), type, data.flip());
  }

  private PmfException unread(TensorInfo info) {
    return PmfException.input(
        String.format(
            Locale.ROOT,
            "%s: tensor %s has the type %s, which is not supported; save it as F32",
            file,
            Shown.plain(info.name()),
            info.type()));
  }

  private ByteBuffer room(TensorInfo info, int size, IntFunction<ByteBuffer> memory) {
    try {
      return memory.apply(size).clear().limit(size).slice().order(ByteOrder.LITTLE_ENDIAN);
    } catch (OutOfMemoryError e) {
      throw PmfException.input(
          String.format(
                  Locale.ROOT,
                  "%s: no memory is left for tensor %s of %d bytes; give Java more outside its heap,"
                      + " such as -XX:MaxDirectMemorySize=4g",
                  file,
                  Shown.plain(info.name()),
                  size)
              + " in the environment variable JDK_JAVA_OPTIONS",
          e);
    }
  }
}
