package org.pmf4j.core.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    assertThat(file.info("a.bf16").type()).isEqualTo(StoredType.BF16);
    assertThat(file.tensor("a.bf16").dtype()).isEqualTo(DType.FLOAT32);
    assertThat(file.tensor("a.scalar").shape()).isEqualTo(Shape.of());
    assertThat(file.tensor("a.empty").shape()).isEqualTo(Shape.of(0, 3));
    assertThat(file.metadata()).containsExactly(Map.entry("format", "pt ü\n"));
  }

  @Test
  void mapsLargeTensorsOfPlainTypesWithoutACopyAndKeepsThemAfterClosing() {
    SafetensorsFile file =
        SafetensorsFile.open(Resources.path("reference.safetensors"), 0, Integer.MAX_VALUE);
    HostTensor first = file.tensor("a.f32");
    HostTensor second = file.tensor("a.f32");
    assertThat(first.data().isDirect()).isTrue();
    // Both see one private mapping: what is written through one shows in the other, not in the file
    first.data().putFloat(0, 9);
    assertThat(second.floats()[0]).isEqualTo(9);
    file.close();
    assertThat(second.floats()[1]).isEqualTo(-2);
    assertThatThrownBy(() -> file.tensor("a.f32")).isInstanceOf(IllegalStateException.class);
    SafetensorsFile again = SafetensorsFile.open(Resources.path("reference.safetensors"));
    assertThat(again.tensor("a.f32").floats()[0]).isEqualTo(1.5f);
  }

  @Test
  void readsAFileThatMayNotBeWritten() throws IOException {
    Path copy = folder.resolve("read-only.safetensors");
    Files.copy(Resources.path("reference.safetensors"), copy);
    assertThat(copy.toFile().setWritable(false)).isTrue();
    assertThat(SafetensorsFile.open(copy).tensor("a.f32").floats()[0]).isEqualTo(1.5f);
  }

  @Test
  void readsTensorsFromSeveralWindows() {
    Path path = Resources.path("reference.safetensors");
    SafetensorsFile whole = SafetensorsFile.open(path);
    SafetensorsFile windows = SafetensorsFile.open(path, 0, 25);
    for (String name : whole.names()) {
      assertThat(windows.tensor(name).data()).as(name).isEqualTo(whole.tensor(name).data());
    }
    SafetensorsFile tooSmall = SafetensorsFile.open(path, 0, 23);
    assertThat(tooSmall.tensor("a.f64").data()).isEqualTo(whole.tensor("a.f64").data());
    assertThatThrownBy(() -> tooSmall.tensor("a.f32"))
        .isInstanceOf(PmfException.class)
        .hasMessage(path + ": tensor a.f32 takes 24 bytes; at most 2 GiB can be held as one");
  }

  @Test
  @EnabledOnOs(OS.LINUX) // where a file with holes takes no space
  void readsFilesOfMoreThanTwoGigabytes() throws IOException {
    Path path = folder.resolve("large.safetensors");
    long half = 3L << 29;
    String header =
        String.format(
            Locale.ROOT,
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[%d,%d]}}",
            half / 4,
            half,
            half / 4,
            half,
            2 * half);
    String aligned = header + " ".repeat((8 - header.length() % 8) % 8);
    byte[] start = BrokenFilesTest.file(aligned, new byte[0]);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(start);
      file.setLength(start.length + 2 * half);
      file.seek(start.length + 2 * half - 4);
      file.write(new byte[] {0, 0, (byte) 0x80, 0x3f});
    }
    SafetensorsFile file = SafetensorsFile.open(path);
    assertThat(file.tensor("a").data().getFloat((int) half - 4)).isZero();
    assertThat(file.tensor("b").data().getFloat((int) half - 4)).isEqualTo(1);
  }

  /** On a mapped page that is no longer there, the processor ends the process. */
  @ParameterizedTest(name = "tensors of at most {0} bytes are read, larger ones mapped")
  @ValueSource(ints = {0, 1000})
  void refusesAFileThatIsCutShortOrWrittenToWhileItIsOpen(int mostRead) throws IOException {
    for (long length : new long[] {90, 200}) {
      Path path = folder.resolve("changing-" + length + ".safetensors");
      String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[25],\"data_offsets\":[0,100]}}";
      Files.write(path, BrokenFilesTest.file(header, new byte[100]));
      Files.setLastModifiedTime(path, FileTime.fromMillis(1_000_000));
      try (SafetensorsFile open = SafetensorsFile.open(path, mostRead, Integer.MAX_VALUE)) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
          file.setLength(length);
        }
        assertThatThrownBy(() -> open.tensor("a"))
            .isInstanceOf(PmfException.class)
            .hasMessageStartingWith(path + ": ")
            .hasMessageFindingMatch("truncated|has been written to");
      }
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
