package org.pmf4j.core.safetensors;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;

/**
 * Tensors by name, from one file or from the shards of a directory. Several threads may use it at
 * once.
 */
public sealed interface TensorStore extends AutoCloseable permits SafetensorsFile, ShardedTensors {
  /**
   * Opens the weights of an encoder directory: {@code model.safetensors}, or the shards that {@code
   * model.safetensors.index.json} lists.
   *
   * @param directory as {@code save_pretrained} writes it
   * @throws PmfException if there are no such weights, or if one of the files is broken
   */
  static TensorStore open(Path directory) {
    return EncoderFiles.of(directory).open();
  }

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
  HostTensor tensor(String name);

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
