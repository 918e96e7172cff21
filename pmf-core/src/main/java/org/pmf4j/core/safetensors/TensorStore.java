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
   * A tensor. F32, F64, I64 and BOOL are views of the mapped file, which they keep alive; F16 and
   * BF16 are widened to FLOAT32, and other integers to INT64, in fresh memory at each call.
   *
   * @throws PmfException if there is none of that name, if its type is not read, or if it takes
   *     more than 2 GiB
   */
  HostTensor tensor(String name);

  /**
   * A tensor that was read into memory instead of mapped: what becomes of the file later does not
   * matter, while whoever uses a mapping of a file that is cut short in its place dies of it. Very
   * large ones are mapped all the same.
   *
   * @param memory gives room for so many bytes, direct and aligned to 8, which the tensor then uses
   * @throws PmfException as {@link #tensor} does, and if the file was truncated since
   */
  HostTensor read(String name, IntFunction<ByteBuffer> memory);

  /** Forgets the mapping; tensors handed out stay valid. */
  @Override
  void close();
}
