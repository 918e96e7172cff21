package org.pmf4j.spark.train;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;

/**
 * Tensors on their way to an executor or back, FLOAT32: as bytes, which Java copies whole where it
 * would turn numbers one by one. Immutable, so that any number of threads may share it.
 *
 * @param names of all
 * @param dims of each
 * @param data of each, little endian
 */
record SentTensors(String[] names, long[][] dims, byte[][] data) implements Serializable {
  static SentTensors of(Map<String, HostTensor> tensors) {
    int count = tensors.size();
    SentTensors sent = new SentTensors(new String[count], new long[count][], new byte[count][]);
    int i = 0;
    for (Map.Entry<String, HostTensor> t : tensors.entrySet()) {
      sent.names[i] = t.getKey();
      sent.dims[i] = t.getValue().shape().dims();
      sent.data[i] = bytes(t.getValue());
      i++;
    }
    return sent;
  }

  private static byte[] bytes(HostTensor tensor) {
    if (tensor.dtype() != DType.FLOAT32) {
      throw new IllegalArgumentException("a parameter of " + tensor.dtype());
    }
    ByteBuffer from = tensor.data();
    byte[] to = new byte[from.remaining()];
    from.get(to);
    return to;
  }

  /** How many bytes the numbers take. */
  long size() {
    return Arrays.stream(data).mapToLong(bytes -> bytes.length).sum();
  }

  Map<String, HostTensor> tensors() {
    Map<String, HostTensor> all = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      HostTensor tensor =
          new HostTensor(Shape.of(dims[i]), DType.FLOAT32, ByteBuffer.wrap(data[i]));
      all.put(names[i], tensor);
    }
    return all;
  }
}
