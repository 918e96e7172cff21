package org.pmf4j.core.safetensors;

import org.pmf4j.api.tensor.Shape;

/**
 * What a file's header says of a tensor. Immutable, so that any number of threads may share it.
 *
 * @param name its name
 * @param type of its elements in the file
 * @param shape its dimensions
 * @param begin offset of its first byte after the header
 * @param end offset after its last byte
 */
public record TensorInfo(String name, StoredType type, Shape shape, long begin, long end) {
  /** Bytes it takes in the file. */
  public long bytes() {
    return end - begin;
  }
}
