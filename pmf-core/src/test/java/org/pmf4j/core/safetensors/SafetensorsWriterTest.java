package org.pmf4j.core.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;

class SafetensorsWriterTest {
  @TempDir Path folder;

  private static Map<String, HostTensor> tensors() {
    ByteBuffer brain = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    brain.putShort((short) 0x3f80).putShort((short) 0xc000).flip();
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    tensors.put("z", HostTensor.of(new boolean[] {true, false, true}, 3));
    tensors.put("f32.b", HostTensor.of(new float[] {1, -2.5f, 1e-40f, 3, 4, 5}, 2, 3));
    tensors.put("f32.a", HostTensor.of(new float[] {7}));
    tensors.put("brain", new HostTensor(Shape.of(2), DType.BFLOAT16, brain));
    tensors.put("i64", HostTensor.of(new long[] {-1, 1L << 62}, 2));
    tensors.put("f64", HostTensor.of(new double[] {0.1}, 1));
    tensors.put("empty ü", HostTensor.of(new float[0], 0, 4));
    return tensors;
  }

  @Test
  void writesTheBytesThatPythonWrites() throws IOException {
    Path path = folder.resolve("written.safetensors");
    SafetensorsWriter.write(path, tensors(), Map.of("format", "pt \"ü\""));
    assertThat(path).hasBinaryContent(Resources.bytes("written.safetensors"));
  }

  @Test
  void writesTheSameBytesWhateverTheOrder() throws IOException {
    Map<String, HostTensor> sorted = new TreeMap<>(tensors());
    Path path = folder.resolve("sorted.safetensors");
    SafetensorsWriter.write(path, sorted, Map.of("format", "pt \"ü\""));
    assertThat(path).hasBinaryContent(Resources.bytes("written.safetensors"));
  }

  @Test
  void readsPendingTensorsInTheOrderOfTheFileAsTheyAreWritten() throws IOException {
    Path path = folder.resolve("pending.safetensors");
    List<String> read = new ArrayList<>();
    Map<String, LazyTensor> pending = new LinkedHashMap<>();
    tensors()
        .forEach(
            (name, t) ->
                pending.put(
                    name,
                    new LazyTensor(
                        t.shape(),
                        t.dtype(),
                        () -> {
                          read.add(name);
                          return t;
                        })));
    SafetensorsWriter.writePending(path, pending, Map.of("format", "pt \"ü\""));
    assertThat(path).hasBinaryContent(Resources.bytes("written.safetensors"));
    assertThat(read).containsExactly("i64", "f64", "empty ü", "f32.a", "f32.b", "brain", "z");
  }

  @Test
  void writesFloatsInHalfPrecision() {
    Path path = folder.resolve("half.safetensors");
    SafetensorsWriter.writeHalf(path, tensors(), Map.of());
    SafetensorsFile file = SafetensorsFile.open(path);
    assertThat(file.info("f32.b").type()).isEqualTo("F16");
    assertThat(file.tensor("f32.b").floats()).containsExactly(1, -2.5f, 0, 3, 4, 5);
    assertThat(file.info("f64").type()).isEqualTo("F64");
    assertThat(file.tensor("i64").longs()).containsExactly(-1, 1L << 62);
    assertThat(file.tensor("z").booleans()).containsExactly(true, false, true);
  }

  @Test
  void writesFilesLargerThanItsBuffers() {
    float[] values = new float[100_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2048;
    }
    Map<String, HostTensor> one = Map.of("x", HostTensor.of(values, values.length));
    Path path = folder.resolve("large.safetensors");
    SafetensorsWriter.writeHalf(path, one, Map.of());
    assertThat(SafetensorsFile.open(path).tensor("x").floats()).containsExactly(values);
    SafetensorsWriter.write(path, one, Map.of());
    assertThat(SafetensorsFile.open(path).tensor("x").floats()).containsExactly(values);
  }

  @Test
  void writesAFileWithoutTensors() {
    Path path = folder.resolve("none.safetensors");
    SafetensorsWriter.write(path, Map.of(), Map.of());
    assertThat(SafetensorsFile.open(path).names()).isEmpty();
  }

  @Test
  void refusesTheNameThatTheFormatReserves() {
    Path path = folder.resolve("reserved.safetensors");
    Map<String, HostTensor> reserved = Map.of("__metadata__", HostTensor.of(new float[] {1}, 1));
    assertThatThrownBy(() -> SafetensorsWriter.write(path, reserved, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Files.exists(path)).isFalse();
  }
}
