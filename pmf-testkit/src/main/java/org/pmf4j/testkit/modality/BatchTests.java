package org.pmf4j.testkit.modality;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;

/** Samples put together. */
abstract class BatchTests {
  private static final String MASK = "attention_mask";

  private final ModalityConformance suite;

  BatchTests(ModalityConformance suite) {
    this.suite = suite;
  }

  @Test
  @DisplayName("of one sample hold it unpadded")
  void one() {
    try (Preprocessor preprocessor = suite.preprocessor()) {
      for (Named<HostTensor> sample : suite.prepared(preprocessor)) {
        Named<HostTensor> batch = preprocessor.collate(List.of(sample));
        assertThat(batch.names()).isEqualTo(sample.names());
        for (String name : batch.names()) {
          assertThat(batch.get(name).shape()).isEqualTo(leading(1, sample.get(name).shape()));
          assertThat(batch.get(name).data()).isEqualTo(sample.get(name).data());
        }
      }
    }
  }

  @Test
  @DisplayName("hold every sample at the beginning of its row, padded to the longest")
  void several() {
    try (Preprocessor preprocessor = suite.preprocessor()) {
      List<Named<HostTensor>> samples = suite.prepared(preprocessor);
      Named<HostTensor> batch = preprocessor.collate(samples);
      PreparingTests.assertSame(suite.prepared(preprocessor), samples);
      for (String name : batch.names()) {
        HostTensor all = batch.get(name);
        assertThat(all.shape()).as(name).isEqualTo(longest(name, samples));
        for (int i = 0; i < samples.size(); i++) {
          HostTensor sample = samples.get(i).get(name);
          assertThat(all.dtype()).isEqualTo(sample.dtype());
          assertBegins(all, i, sample);
        }
      }
    }
  }

  @Test
  @DisplayName("mark what is real by ones and padding by zeros after them")
  void masks() {
    try (Preprocessor preprocessor = suite.preprocessor()) {
      List<Named<HostTensor>> samples = suite.prepared(preprocessor);
      Named<HostTensor> batch = preprocessor.collate(samples);
      if (!batch.has(MASK)) {
        assertThat(batch.names())
            .as("without a mask nothing may be padded")
            .allSatisfy(
                n ->
                    assertThat(batch.get(n).shape())
                        .isEqualTo(leading(samples.size(), samples.get(0).get(n).shape())));
        return;
      }
      long[] mask = batch.get(MASK).longs();
      int width = mask.length / samples.size();
      for (int i = 0; i < samples.size(); i++) {
        long[] row = LongStream.of(mask).skip((long) i * width).limit(width).toArray();
        long real = LongStream.of(samples.get(i).get(MASK).longs()).sum();
        assertThat(LongStream.of(row).sum()).isEqualTo(real);
        assertThat(row).containsOnly(real < width ? new long[] {0, 1} : new long[] {1});
        assertThat(LongStream.of(row).limit(real)).containsOnly(1L);
      }
    }
  }

  private static Shape leading(long size, Shape shape) {
    return Shape.of(LongStream.concat(LongStream.of(size), LongStream.of(shape.dims())).toArray());
  }

  private static Shape longest(String name, List<Named<HostTensor>> samples) {
    Shape shape = samples.get(0).get(name).shape();
    for (Named<HostTensor> sample : samples) {
      for (int axis = 0; axis < shape.rank(); axis++) {
        shape = shape.with(axis, Math.max(shape.dim(axis), sample.get(name).shape().dim(axis)));
      }
    }
    return leading(samples.size(), shape);
  }

  /** Compares along the last axis, run by run. */
  private static void assertBegins(HostTensor batch, int row, HostTensor sample) {
    long[] dims = sample.shape().dims();
    int last = dims.length == 0 ? 1 : (int) dims[dims.length - 1];
    long runs = last == 0 ? 0 : sample.shape().size() / last;
    int bytes = last * sample.dtype().bytes();
    for (long run = 0; run < runs; run++) {
      long at = row;
      long rest = run;
      long[] index = new long[Math.max(0, dims.length - 1)];
      for (int axis = index.length - 1; axis >= 0; axis--) {
        index[axis] = rest % dims[axis];
        rest /= dims[axis];
      }
      for (int axis = 0; axis < index.length; axis++) {
        at = at * batch.shape().dim(axis + 1) + index[axis];
      }
      long width = dims.length == 0 ? 1 : batch.shape().dim(-1);
      ByteBuffer found = batch.data().slice((int) (at * width) * batch.dtype().bytes(), bytes);
      ByteBuffer wanted = sample.data().slice((int) run * bytes, bytes);
      assertThat(found).as("row %d, run %d", row, run).isEqualTo(wanted);
    }
  }
}
