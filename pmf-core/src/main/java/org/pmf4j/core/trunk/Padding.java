package org.pmf4j.core.trunk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.batch.ModalityInput.PackedPlaces;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;

/** Puts token states of different lengths into one batch. */
final class Padding {
  /** Where this share of a batch or less is real, leaving padding out outweighs moving tokens. */
  private static final double WORTH_PACKING = 0.9;

  private Padding() {}

  /**
   * Stacks samples, padding with zeros to the longest.
   *
   * @param samples of tensors FLOAT32 [N_i, width], with the same settled about all
   * @param memory where the batch is put
   * @return of tensors [B, N, width]; with a mask if lengths differ
   */
  static TrunkOutput<HostTensor> stack(List<TrunkOutput<HostTensor>> samples, BatchMemory memory) {
    int[] lengths = samples.stream().mapToInt(s -> (int) s.states().shape().dim(0)).toArray();
    int longest = Arrays.stream(lengths).max().orElseThrow();
    HostTensor states = stack(samples.stream().map(TrunkOutput::states).toList(), longest, memory);
    Map<String, HostTensor> settled = new LinkedHashMap<>();
    for (String name : samples.get(0).settled().names()) {
      settled.put(
          name, stack(samples.stream().map(s -> s.settled().get(name)).toList(), longest, memory));
    }
    boolean padded = Arrays.stream(lengths).anyMatch(n -> n < longest);
    boolean wasteful = Arrays.stream(lengths).sum() <= WORTH_PACKING * lengths.length * longest;
    return new TrunkOutput<>(
        states,
        padded ? Optional.of(mask(lengths, longest)) : Optional.empty(),
        padded && wasteful ? Optional.of(packing(lengths, longest)) : Optional.empty(),
        Named.of(settled));
  }

  private static HostTensor stack(List<HostTensor> samples, int longest, BatchMemory memory) {
    int b = samples.size();
    int width = Math.toIntExact(samples.get(0).shape().dim(1));
    int row = Math.multiplyExact(Math.multiplyExact(longest, width), DType.FLOAT32.bytes());
    ByteBuffer all = memory.take(Math.multiplyExact(b, row));
    for (int i = 0; i < b; i++) {
      all.position(i * row);
      all.put(samples.get(i).data());
      while (all.position() < (i + 1) * row) {
        all.putInt(0);
      }
    }
    return memory.lend(Shape.of(b, longest, width), DType.FLOAT32, all);
  }

  private static PackedPlaces<HostTensor> packing(int[] lengths, int longest) {
    int real = Arrays.stream(lengths).sum();
    long[] rows = new long[real];
    long[] places = new long[lengths.length * longest];
    Arrays.fill(places, real);
    int next = 0;
    for (int i = 0; i < lengths.length; i++) {
      for (int j = 0; j < lengths[i]; j++) {
        rows[next] = (long) i * longest + j;
        places[i * longest + j] = next++;
      }
    }
    return new PackedPlaces<>(
        HostTensor.of(rows, real), HostTensor.of(places, lengths.length, longest));
  }

  private static HostTensor mask(int[] lengths, int longest) {
    boolean[] real = new boolean[lengths.length * longest];
    for (int i = 0; i < lengths.length; i++) {
      Arrays.fill(real, i * longest, i * longest + lengths[i], true);
    }
    return HostTensor.of(real, lengths.length, longest);
  }
}
