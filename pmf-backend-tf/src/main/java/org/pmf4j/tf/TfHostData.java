package org.pmf4j.tf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.family.TType;

/** Moves data between Java's memory and TensorFlow's, which wants its own alignment: it copies. */
final class TfHostData {
  private static final int PIECE = 1 << 20;

  private TfHostData() {}

  static TfData put(HostTensor data) {
    ByteBuffer bytes = data.data();
    TType memory = Tensor.of(TfTypes.of(data.dtype()), TfTypes.shape(data.shape()));
    if (bytes.hasRemaining()) {
      fill(memory.asRawTensor().data(), bytes);
    }
    return new TfData(memory, data.shape(), data.dtype());
  }

  /** In pieces by way of an array: from a buffer the library copies byte by byte. */
  private static void fill(ByteDataBuffer target, ByteBuffer bytes) {
    byte[] piece = new byte[Math.min(bytes.remaining(), PIECE)];
    long position = 0;
    while (bytes.hasRemaining()) {
      int n = Math.min(bytes.remaining(), PIECE);
      bytes.get(piece, 0, n);
      target.offset(position).write(piece, 0, n);
      position += n;
    }
  }

  /** The elements of data in use, copied to the Java side. */
  static HostTensor read(TfData data) {
    Shape shape = data.shape();
    DType dtype = data.dtype();
    int size = Math.toIntExact(shape.size()) * dtype.bytes();
    ByteBuffer bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
    if (size > 0) {
      data.memory().asRawTensor().data().copyTo(DataBuffers.of(bytes), size);
    }
    return new HostTensor(shape, dtype, bytes);
  }
}
