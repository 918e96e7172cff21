package org.pmf4j.core.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;

@DisplayName("A view of a storage")
class ViewsTest {
  @TempDir Path folder;

  /** Elements 0, 1, 2, … of float32. */
  private Path file(int elements, long offset, long[] size, long[] stride) throws IOException {
    ByteBuffer storage = ByteBuffer.allocate(4 * elements).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elements; i++) {
      storage.putFloat(i);
    }
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(
        "a/data.pkl",
        new PickleWriter()
            .ops("}")
            .text("w")
            .tensor(elements, offset, size, stride)
            .ops("s")
            .end());
    entries.put("a/data/0", storage.array());
    return TorchZip.write(folder.resolve("views.bin"), entries, ZipEntry.STORED);
  }

  private static float[] expected(long offset, long[] size, long[] stride) {
    float[] all = new float[(int) Arrays.stream(size).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < all.length; i++) {
      long rest = i;
      long at = offset;
      for (int d = size.length - 1; d >= 0; d--) {
        at += rest % size[d] * stride[d];
        rest /= size[d];
      }
      all[i] = at;
    }
    return all;
  }

  @Test
  @DisplayName(
      "of any order, with gaps and with dimensions that are expanded, is read element by element")
  void randomViews() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      int rank = random.nextInt(5);
      List<Integer> order = new ArrayList<>();
      for (int d = 0; d < rank; d++) {
        order.add(d);
      }
      Collections.shuffle(order, random);
      long[] size = new long[rank];
      long[] stride = new long[rank];
      long extent = 1;
      for (int d : order) {
        size[d] = 1L + random.nextInt(4);
        if (random.nextInt(4) > 0) {
          stride[d] = extent + random.nextInt(3);
          extent = stride[d] * (size[d] - 1) + extent;
        }
      }
      long offset = random.nextInt(3);
      Path path = file((int) (offset + extent + random.nextInt(3)), offset, size, stride);
      try (PyTorchFile file = PyTorchFile.open(path)) {
        assertThat(file.tensor("w").floats())
            .as("seed %d: size %s, stride %s", seed, Arrays.toString(size), Arrays.toString(stride))
            .containsExactly(expected(offset, size, stride));
      }
    }
  }

  @Test
  @DisplayName("that is larger than what is read at a time goes on where the piece before ended")
  void largerThanAPiece() throws IOException {
    long[] size = {700, 1000};
    long[] stride = {1, 701};
    try (PyTorchFile file = PyTorchFile.open(file(701 * 1000 + 5, 5, size, stride))) {
      assertThat(file.tensor("w").floats()).containsExactly(expected(5, size, stride));
    }
  }

  @Test
  @DisplayName("that expands a few numbers to gigabytes is refused before there is memory for it")
  void bomb() throws IOException {
    Path path = file(2, 0, new long[] {2, 1 << 27}, new long[] {1, 0});
    try (PyTorchFile file = PyTorchFile.open(path)) {
      assertThatThrownBy(
              () ->
                  file.read(
                      "w",
                      bytes -> {
                        throw new AssertionError("asks for " + bytes + " bytes");
                      }))
          .isInstanceOf(PmfException.class)
          .hasMessage(path + ": tensor w expands 2 numbers to 268435456, which no weight does");
    }
  }

  @Test
  @DisplayName("whose windows overlap is refused")
  void overlapping() throws IOException {
    Path path = file(8, 0, new long[] {3, 3}, new long[] {2, 1});
    try (PyTorchFile file = PyTorchFile.open(path)) {
      assertThatThrownBy(() -> file.tensor("w"))
          .isInstanceOf(PmfException.class)
          .hasMessageStartingWith(path + ": tensor w is a view whose windows overlap");
    }
  }
}
