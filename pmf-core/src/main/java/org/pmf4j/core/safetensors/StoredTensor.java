package org.pmf4j.core.safetensors;

import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.store.StoredType;

/**
 * What a file's header says of a tensor.
 *
 * @param type of its elements in the file
 * @param begin offset of its first byte after the header
 * @param end offset after its last byte
 */
record StoredTensor(String name, StoredType type, Shape shape, long begin, long end) {
  /** Bytes it takes in the file. */
  long bytes() {
    return end - begin;
  }
}
