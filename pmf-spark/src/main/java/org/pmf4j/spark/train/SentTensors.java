package org.pmf4j.spark.train;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.tensor.HostTensor;

/**
 * Tensors on their way to an executor or back, FLOAT32. Immutable, so that any number of threads
 * may share it.
 *
 * @param names of all
 * @param dims of each
 * @param numbers of each
 */
record SentTensors(String[] names, long[][] dims, float[][] numbers) implements Serializable {
  static SentTensors of(Map<String, HostTensor> tensors) {
    int count = tensors.size();
    SentTensors sent = new SentTensors(new String[count], new long[count][], new float[count][]);
    int i = 0;
    for (Map.Entry<String, HostTensor> t : tensors.entrySet()) {
      sent.names[i] = t.getKey();
      sent.dims[i] = t.getValue().shape().dims();
      sent.numbers[i] = t.getValue().floats();
      i++;
    }
    return sent;
  }

  /** How many bytes the numbers take. */
  long bytes() {
    return Arrays.stream(numbers).mapToLong(n -> (long) Float.BYTES * n.length).sum();
  }

  Map<String, HostTensor> tensors() {
    Map<String, HostTensor> all = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      all.put(names[i], HostTensor.of(numbers[i], dims[i]));
    }
    return all;
  }
}
