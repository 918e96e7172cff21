package org.pmf4j.ort;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.pmf4j.api.lifetime.Lifetime;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.QuantizedMatrix;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.onnx.OnnxValue;

/**
 * Elements that never change, in Java's memory or, of results, in ONNX Runtime's. The latter does
 * not notice the use of freed memory, so a run holds on to what it reads: memory that is closed
 * meanwhile is freed after it. Several threads may use one at once.
 */
final class OrtData implements OnnxValue.Held {
  private final OnnxTensor memory;
  private final Shape shape;
  private final DType dtype;
  private final Lifetime lifetime;

  /** Takes over {@code memory}. */
  OrtData(OnnxTensor memory, Shape shape, DType dtype) {
    this.memory = memory;
    this.shape = shape;
    this.dtype = dtype;
    this.lifetime = new Lifetime(() -> "a tensor " + dtype + " " + shape, memory::close);
  }

  /** Data in direct memory is read where it lies, if its elements are aligned there. */
  static OrtData put(OrtEnvironment environment, HostTensor data) {
    HostTensor kept = isReadable(data.data(), data.dtype()) ? data : data.copy(data.dtype());
    ByteBuffer bytes = kept.data().order(ByteOrder.nativeOrder());
    OnnxTensor memory =
        OrtFailure.of(
            () ->
                OnnxTensor.createTensor(
                    environment, bytes, data.shape().dims(), OrtTypes.of(data.dtype())));
    return new OrtData(memory, data.shape(), data.dtype());
  }

  private static boolean isReadable(ByteBuffer data, DType dtype) {
    return data.isDirect() && data.alignmentOffset(0, dtype.bytes()) == 0;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  /** The memory, to be read between {@link #enter} and {@link #leave} alone. */
  OnnxTensor memory() {
    return memory;
  }

  /** The elements of a value, copied to the Java side; of integers, what they stand for. */
  static HostTensor read(OnnxValue value) {
    if (value instanceof OnnxValue.Quantized q) {
      return new QuantizedMatrix(read(q.values()), read(q.scales())).floats();
    }
    OrtData data = ((OrtData) value).enter();
    try {
      return data.read();
    } finally {
      data.leave();
    }
  }

  /** The elements in use, copied to the Java side. */
  private HostTensor read() {
    if (shape.size() == 0) {
      return new HostTensor(shape, dtype, ByteBuffer.allocate(0));
    }
    return new HostTensor(shape, dtype, memory.getByteBuffer());
  }

  /**
   * Begins a use.
   *
   * @throws IllegalStateException after {@link #close}
   */
  OrtData enter() {
    lifetime.enter();
    return this;
  }

  /** Ends a use. */
  void leave() {
    lifetime.leave();
  }

  @Override
  public void close() {
    lifetime.close();
  }
}
