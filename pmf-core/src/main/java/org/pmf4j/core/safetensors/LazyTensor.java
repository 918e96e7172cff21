package org.pmf4j.core.safetensors;

import java.util.function.Supplier;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;

/**
 * A tensor that is read when its turn to be written comes and let go then, so that of many that lie
 * elsewhere one at a time is held here. For one thread at a time.
 *
 * @param shape of the tensor
 * @param dtype of the tensor
 * @param value reads it
 */
public record LazyTensor(Shape shape, DType dtype, Supplier<HostTensor> value) {

  /** A tensor that is here already. */
  public static LazyTensor of(HostTensor tensor) {
    return new LazyTensor(tensor.shape(), tensor.dtype(), () -> tensor);
  }
}
