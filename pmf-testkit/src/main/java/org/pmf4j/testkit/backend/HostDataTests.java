package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/** Data on its way from Java to the device and back. */
abstract class HostDataTests extends BackendTests {
  HostDataTests(BackendConformance subject) {
    super(subject);
  }

  private HostTensor thereAndBack(HostTensor data) {
    try (Tensor t = backend().tensor(data)) {
      assertThat(t.shape()).isEqualTo(data.shape());
      assertThat(t.dtype()).isEqualTo(data.dtype());
      return backend().read(t);
    }
  }

  @Test
  void floatsComeBackBitForBit() {
    float[] values = {0, -0f, 1.1f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, -1f / 0};
    assertThat(thereAndBack(HostTensor.of(values, 7, 1)).floats()).containsExactly(values);
  }

  @Test
  void integersComeBack() {
    long[] values = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE};
    assertThat(thereAndBack(HostTensor.of(values, 2, 2)).longs()).containsExactly(values);
  }

  @Test
  void masksComeBack() {
    boolean[] values = {true, false, true};
    assertThat(thereAndBack(HostTensor.of(values, 3)).booleans()).containsExactly(values);
  }

  @Test
  void scalarsComeBack() {
    HostTensor scalar = thereAndBack(HostTensor.of(new float[] {3}));
    assertThat(scalar.shape().rank()).isZero();
    assertThat(scalar.floats()).containsExactly(3);
  }

  @Test
  void emptyTensorsComeBack() {
    assertThat(thereAndBack(HostTensor.of(new float[0], 0, 3)).floats()).isEmpty();
    assertThat(thereAndBack(HostTensor.of(new long[0], 0)).longs()).isEmpty();
  }

  @Test
  void anyByteButZeroIsTrue() {
    HostTensor odd =
        new HostTensor(Shape.of(3), DType.BOOL, ByteBuffer.wrap(new byte[] {2, 0, -1}));
    assertThat(thereAndBack(odd).booleans()).containsExactly(true, false, true);
    assertThat(thereAndBack(odd).data()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 0, 1}));
  }

  @Test
  void dataOnTheHeapIsTaken() {
    ByteBuffer heap = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    heap.putFloat(1.5f).putFloat(-2).flip();
    assertThat(thereAndBack(new HostTensor(Shape.of(2), DType.FLOAT32, heap)).floats())
        .containsExactly(1.5f, -2);
  }

  @Test
  void theByteOrderThatABufferIsSetToDoesNotMatter() {
    ByteBuffer big = HostTensor.direct(1, DType.FLOAT32).putFloat(0, 1.5f);
    HostTensor tensor = new HostTensor(Shape.of(1), DType.FLOAT32, big.order(ByteOrder.BIG_ENDIAN));
    assertThat(thereAndBack(tensor).floats()).containsExactly(1.5f);
  }

  @Test
  void unalignedDataIsTaken() {
    for (int offset = 0; offset < 8; offset++) {
      ByteBuffer memory = ByteBuffer.allocateDirect(64).order(ByteOrder.LITTLE_ENDIAN);
      memory.putLong(offset, 123_456_789_012L).putLong(offset + 8, -7);
      ByteBuffer part = memory.slice(offset, 16);
      assertThat(thereAndBack(new HostTensor(Shape.of(2), DType.INT64, part)).longs())
          .as("at offset %d", offset)
          .containsExactly(123_456_789_012L, -7);
    }
  }

  /** The file is left to the temporary folder: a mapped file cannot be deleted everywhere. */
  @Test
  void weightsAreReadFromAFileMappedReadOnly(@TempDir(cleanup = CleanupMode.NEVER) Path folder)
      throws IOException {
    int size = 100_000;
    ByteBuffer content = ByteBuffer.allocate(8 + 4 * size).order(ByteOrder.LITTLE_ENDIAN);
    content.putLong(0xCAFE);
    for (int i = 0; i < size; i++) {
      content.putFloat(i);
    }
    Path file = Files.write(folder.resolve("weights.bin"), content.array());
    try (Tensor weights = backend().tensor(mapped(file, 8, size));
        Program sum =
            backend()
                .inference(
                    "sum",
                    in ->
                        Named.of("head", weights.slice(0, 0, 3))
                            .with("tail", weights.slice(0, size - 2, size).add(1)))) {
      Named<Tensor> out = sum.run(Named.none());
      assertThat(backend().read(out.get("head")).floats()).containsExactly(0, 1, 2);
      assertThat(backend().read(out.get("tail")).floats()).containsExactly(size - 1f, size);
      out.asMap().values().forEach(Tensor::close);
    }
  }

  private static HostTensor mapped(Path file, int offset, int size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer map = channel.map(MapMode.READ_ONLY, 0, channel.size());
      return new HostTensor(Shape.of(size), DType.FLOAT32, map.slice(offset, 4 * size));
    }
  }

  @Test
  void aViewKeepsTheHostMemoryThatItReads() {
    int size = 50_000;
    try (Program view =
        backend()
            .inference(
                "view", in -> Named.of("y", in.get("x").reshape(10, size / 10).slice(0, 1, 10)))) {
      Tensor x = backend().tensor(HostTensor.of(filled(size, 7), size));
      Tensor y = view.run(Named.of("x", x)).get("y");
      x.close();
      x = null;
      // The freed memory would be collected here and handed out again below.
      for (int i = 0; i < 20; i++) {
        System.gc();
        HostTensor.of(filled(size, 0), size);
      }
      assertThat(Arrays.stream(backend().read(y).doubles()).distinct()).containsExactly(7.0);
      y.close();
    }
  }

  private static float[] filled(int size, float value) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return values;
  }
}
