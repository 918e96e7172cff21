package org.pmf4j.core.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;

class SafetensorsFileTest {
  @TempDir Path folder;

  @Test
  void readsEveryTypeAsPythonDoes() throws IOException {
    JsonNode expected = new ObjectMapper().readTree(Resources.bytes("widened.json"));
    try (SafetensorsFile file = SafetensorsFile.open(Resources.path("reference.safetensors"))) {
      assertThat(file.names()).hasSize(expected.size());
      for (String name : file.names()) {
        List<Long> values = new ArrayList<>();
        List<Double> doubles = new ArrayList<>();
        expected
            .get(name)
            .forEach(
                v -> {
                  values.add(v.isBoolean() ? (v.asBoolean() ? 1 : 0) : v.asLong());
                  doubles.add(v.asDouble());
                });
        HostTensor tensor = file.tensor(name);
        if (tensor.dtype() == DType.FLOAT64) {
          assertThat(tensor.doubles())
              .containsExactly(doubles.stream().mapToDouble(d -> d).toArray());
        } else {
          assertThat(bits(tensor)).as(name).isEqualTo(values);
        }
      }
    }
  }

  private static List<Long> bits(HostTensor tensor) {
    List<Long> bits = new ArrayList<>();
    ByteBuffer data = tensor.data();
    while (data.hasRemaining()) {
      bits.add(
          switch (tensor.dtype()) {
            case FLOAT32 -> (long) Float.floatToIntBits(data.getFloat());
            case INT64 -> data.getLong();
            case BOOL -> (long) data.get();
            default -> throw new IllegalArgumentException(tensor.toString());
          });
    }
    return bits;
  }

  @Test
  void tellsTypesShapesAndMetadata() {
    SafetensorsFile file = SafetensorsFile.open(Resources.path("reference.safetensors"));
    assertThat(file.info("a.f32").shape()).isEqualTo(Shape.of(2, 3));
    assertThat(file.info("a.bf16").type()).isEqualTo("BF16");
    assertThat(file.tensor("a.bf16").dtype()).isEqualTo(DType.FLOAT32);
    assertThat(file.tensor("a.scalar").shape()).isEqualTo(Shape.of());
    assertThat(file.tensor("a.empty").shape()).isEqualTo(Shape.of(0, 3));
    assertThat(file.metadata()).containsExactly(Map.entry("format", "pt ü\n"));
  }

  @Test
  void readsTensorsIntoMemoryOfTheirOwnAndKeepsThemAfterClosing() {
    SafetensorsFile file = SafetensorsFile.open(Resources.path("reference.safetensors"));
    HostTensor first = file.tensor("a.f32");
    HostTensor second = file.tensor("a.f32");
    assertThat(first.data().isDirect()).isTrue();
    first.data().putFloat(0, 9);
    assertThat(second.floats()[0]).isEqualTo(1.5f);
    file.close();
    assertThat(second.floats()[1]).isEqualTo(-2);
    assertThatThrownBy(() -> file.tensor("a.f32")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void readsAFileThatMayNotBeWritten() throws IOException {
    Path copy = folder.resolve("read-only.safetensors");
    Files.copy(Resources.path("reference.safetensors"), copy);
    assertThat(copy.toFile().setWritable(false)).isTrue();
    assertThat(SafetensorsFile.open(copy).tensor("a.f32").floats()[0]).isEqualTo(1.5f);
  }

  @Test
  void readsTensorsOfSeveralPiecesAndWidensThemAllTheWay() throws IOException {
    int n = (5 << 20) / 2 + 3;
    Path path = folder.resolve("pieces.safetensors");
    String header =
        String.format(
            Locale.ROOT,
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[%1$d],\"data_offsets\":[0,%2$d]},"
                + "\"h\":{\"dtype\":\"BF16\",\"shape\":[%1$d],\"data_offsets\":[%2$d,%3$d]},"
                + "\"i\":{\"dtype\":\"U8\",\"shape\":[%1$d],\"data_offsets\":[%3$d,%4$d]}}",
            n,
            4 * n,
            6 * n,
            7 * n);
    ByteBuffer data = ByteBuffer.allocate(7 * n).order(ByteOrder.LITTLE_ENDIAN);
    IntStream.range(0, n).forEach(i -> data.putFloat(i));
    IntStream.range(0, n).forEach(i -> data.putShort((short) (Float.floatToIntBits(i) >>> 16)));
    IntStream.range(0, n).forEach(i -> data.put((byte) (i % 251)));
    Files.write(path, BrokenFilesTest.file(header, data.array()));
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      float[] a = file.tensor("a").floats();
      float[] h = file.tensor("h").floats();
      LongBuffer i = file.tensor("i").data().asLongBuffer();
      for (int k = 0; k < n; k++) {
        assertThat(a[k]).isEqualTo(k);
        assertThat(h[k]).isEqualTo(Float.intBitsToFloat(Float.floatToIntBits(k) & 0xffff0000));
        assertThat(i.get(k)).isEqualTo(k % 251);
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX) // where a file with holes takes no space
  void readsFilesOfMoreThanTwoGigabytes() throws IOException {
    Path path = folder.resolve("large.safetensors");
    long before = 3L << 30;
    String header =
        String.format(
            Locale.ROOT,
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[%d,%d]}}",
            before / 4,
            before,
            before,
            before + 8);
    byte[] start = BrokenFilesTest.file(header, new byte[0]);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(start);
      file.setLength(start.length + before + 8);
      file.seek(start.length + before + 4);
      file.write(new byte[] {0, 0, (byte) 0x80, 0x3f});
    }
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.tensor("b").floats()).containsExactly(0, 1);
      assertThatThrownBy(() -> file.tensor("a"))
          .isInstanceOf(PmfException.class)
          .hasMessage(path + ": tensor a takes 3221225472 bytes; at most 2 GiB can be held as one");
    }
  }

  @Test
  void saysHowMuchMemoryWasMissingForATensor() {
    Path path = Resources.path("reference.safetensors");
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThatThrownBy(
              () ->
                  file.read(
                      "a.f32",
                      bytes -> {
                        throw new OutOfMemoryError("direct buffers");
                      }))
          .isInstanceOf(PmfException.class)
          .hasMessage(
              path
                  + ": no memory is left for tensor a.f32 of 24 bytes; give Java more outside its"
                  + " heap, such as -XX:MaxDirectMemorySize=4g in the environment variable"
                  + " JDK_JAVA_OPTIONS");
    }
  }

  /** With a mapping, the processor would end the process at a page that is no longer there. */
  @ParameterizedTest(name = "a tensor of {0} numbers")
  @ValueSource(ints = {25, 50_000_000})
  @EnabledOnOs(OS.LINUX) // where a file with holes takes no space
  void refusesAFileThatIsCutShortOrWrittenToWhileItIsOpen(int numbers) throws IOException {
    int bytes = 4 * numbers;
    String header =
        String.format(
            Locale.ROOT,
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]}}",
            numbers,
            bytes);
    byte[] start = BrokenFilesTest.file(header, new byte[0]);
    for (long length : new long[] {start.length + 10, start.length + bytes + 100}) {
      Path path = folder.resolve("changing-" + numbers + "-" + length + ".safetensors");
      Files.write(path, start);
      setLength(path, start.length + bytes);
      Files.setLastModifiedTime(path, FileTime.fromMillis(1_000_000));
      try (SafetensorsFile open = SafetensorsFile.open(path)) {
        setLength(path, length);
        assertThatThrownBy(() -> open.tensor("a"))
            .isInstanceOf(PmfException.class)
            .hasMessageStartingWith(path + ": ")
            .hasMessageFindingMatch("truncated|has been written to");
      }
    }
  }

  private static void setLength(Path path, long length) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(length);
    }
  }

  @Test
  void copiesTensorsThatAreNotAligned() throws IOException {
    Path path = folder.resolve("unaligned.safetensors");
    String header =
        "{\"b\":{\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[0,3]},"
            + "\"f\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[3,7]}}";
    Files.write(path, BrokenFilesTest.file(header, new byte[] {1, 0, 1, 0, 0, (byte) 0x80, 0x3f}));
    HostTensor f = SafetensorsFile.open(path).tensor("f");
    assertThat(f.floats()).containsExactly(1);
    assertThat(f.data().alignmentOffset(0, Float.BYTES)).isZero();
  }

  @Test
  void refusesATypeThatItCannotWiden() {
    Path path = Resources.path("f8.safetensors");
    assertThatThrownBy(() -> SafetensorsFile.open(path).tensor("w"))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            path + ": tensor w has the type F8_E4M3, which is not supported; save it as F32");
  }

  @Test
  void namesATensorThatIsNotThere() {
    Path path = Resources.path("reference.safetensors");
    assertThatThrownBy(() -> SafetensorsFile.open(path).tensor("b"))
        .isInstanceOf(PmfException.class)
        .hasMessage(path + ": there is no tensor b among its 12");
  }
}
