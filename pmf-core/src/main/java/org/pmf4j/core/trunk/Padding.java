package org.pmf4j.core.trunk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;

/** Puts token states of different lengths into one batch. */
final class Padding {
  private Padding() {}

  /**
   * Stacks states, padding with zeros to the longest.
   *
   * @param samples FLOAT32 [N_i, d]
   * @return {@code states} [B, N, d] and, if lengths differ, {@code mask} BOOL [B, N]
   */
  static Named<HostTensor> stack(List<HostTensor> samples) {
    int b = samples.size();
    int d = Math.toIntExact(samples.get(0).shape().dim(1));
    int n = samples.stream().mapToInt(s -> (int) s.shape().dim(0)).max().orElseThrow();
    ByteBuffer states =
        HostTensor.direct(Math.multiplyExact(Math.multiplyExact(b, n), d), DType.FLOAT32);
    boolean[] real = new boolean[b * n];
    boolean padded = false;
    for (int i = 0; i < b; i++) {
      HostTensor s = samples.get(i);
      int length = (int) s.shape().dim(0);
      states.position(i * n * d * DType.FLOAT32.bytes());
      states.put(s.data());
      Arrays.fill(real, i * n, i * n + length, true);
      padded |= length < n;
    }
    states.rewind();
    Named<HostTensor> out =
        Named.of("states", new HostTensor(Shape.of(b, n, d), DType.FLOAT32, states));
    return padded ? out.with("mask", HostTensor.of(real, b, n)) : out;
  }
}
