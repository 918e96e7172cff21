package org.pmf4j.testkit.plain;

import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;

/** Copies data from host tensors into arrays and back. */
final class PlainHostData {
  private PlainHostData() {}

  /**
   * The elements of a host tensor.
   *
   * @throws IllegalArgumentException for BFLOAT16, which is not declared
   */
  static PlainArray put(HostTensor data) {
    return switch (data.dtype()) {
      case FLOAT32, FLOAT64, BFLOAT16 ->
          new DoubleArray(data.shape(), data.dtype(), data.doubles());
      case INT64 -> new LongArray(data.shape(), data.longs());
      case BOOL -> new BooleanArray(data.shape(), data.booleans());
      case INT8 -> throw new IllegalArgumentException("no tensor has elements INT8");
    };
  }

  /** The elements of an array as a host tensor; FLOAT32 ones are floats already. */
  static HostTensor read(PlainArray array) {
    Shape shape = array.shape();
    if (array instanceof LongArray integers) {
      return HostTensor.of(integers.values(), shape.dims());
    }
    if (array instanceof BooleanArray truths) {
      return HostTensor.of(truths.values(), shape.dims());
    }
    HostTensor doubles = HostTensor.of(((DoubleArray) array).values(), shape.dims());
    return array.dtype() == DType.FLOAT64 ? doubles : HostTensor.of(doubles.floats(), shape.dims());
  }
}
