package org.pmf4j.core.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;

/**
 * Tensors by name, from one file or from the shards of a directory. Several threads may use it at
 * once.
 */
public interface TensorStore extends AutoCloseable {
  /** The file or directory, for messages. */
  Path source();

  /** The tensors' names. */
  Set<String> names();

  /** The key-value pairs that the files carry; of the first shard, where there are several. */
  Map<String, String> metadata();

  /**
   * A tensor's type and shape in the file.
   *
   * @throws PmfException if there is none of that name
   */
  TensorInfo info(String name);

  /**
   * A tensor, read into fresh memory. F32, F64, I64 and BOOL are read as they are; F16 and BF16 are
   * widened to FLOAT32, and other integers to INT64.
   *
   * @throws PmfException if there is none of that name, if its type is not read, if it takes more
   *     than 2 GiB or than Java may hold outside its heap, and if the file was written to or cut
   *     short since it was opened
   */
  default HostTensor tensor(String name) {
    return read(name, size -> HostTensor.direct(size, DType.BOOL));
  }

  /**
   * The same, read into memory of the caller's.
   *
   * @param memory gives room for so many bytes, direct and aligned to 8, which the tensor then uses
   * @throws PmfException as {@link #tensor} does
   */
  HostTensor read(String name, IntFunction<ByteBuffer> memory);

  /** Closes the files; tensors handed out stay valid. */
  @Override
  void close();
}
