package org.pmf4j.core.store;

import java.util.Optional;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;

/**
 * What a file says of a tensor. Immutable, so that any number of threads may share it.
 *
 * @param name its name
 * @param type of its elements as messages give it, such as {@code F16}, or what else it is, such as
 *     {@code sparse}
 * @param readAs the type that it becomes in memory; empty if it is not read
 * @param shape its dimensions
 */
public record TensorInfo(String name, String type, Optional<DType> readAs, Shape shape) {

  /** A tensor of numbers, one after another. */
  public static TensorInfo of(String name, StoredType type, Shape shape) {
    return new TensorInfo(name, type.name(), type.readAs(), shape);
  }
}
