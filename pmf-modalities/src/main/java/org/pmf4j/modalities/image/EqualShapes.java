package org.pmf4j.modalities.image;

import java.nio.ByteBuffer;
import java.util.List;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;

/** Puts samples of one shape into a batch. Has no state: any thread may call it. */
public final class EqualShapes {
  private EqualShapes() {}

  /**
   * Samples behind each other.
   *
   * @param input the one input that they have, FLOAT32
   * @param samples without a batch dimension
   * @param what they are, for messages: {@code images}
   * @return the input with a batch dimension in front
   * @throws PmfException if their shapes differ, naming both
   */
  public static Named<HostTensor> batch(
      String input, List<Named<HostTensor>> samples, String what) {
    Shape shape = samples.get(0).get(input).shape();
    int elements = Math.toIntExact(Math.multiplyExact(shape.size(), (long) samples.size()));
    ByteBuffer batch = HostTensor.direct(elements, DType.FLOAT32);
    for (Named<HostTensor> sample : samples) {
      HostTensor values = sample.get(input);
      if (!values.shape().equals(shape)) {
        throw PmfException.input(
            what
                + " of different sizes cannot share a batch: "
                + input
                + ' '
                + shape
                + " and "
                + values.shape()
                + "; let preprocessor_config.json resize to a height and a width, or crop");
      }
      batch.put(values.data());
    }
    long[] dims = new long[shape.rank() + 1];
    dims[0] = samples.size();
    System.arraycopy(shape.dims(), 0, dims, 1, shape.rank());
    return Named.of(input, new HostTensor(Shape.of(dims), DType.FLOAT32, batch.flip()));
  }
}
