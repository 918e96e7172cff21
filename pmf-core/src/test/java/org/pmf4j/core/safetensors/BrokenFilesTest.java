package org.pmf4j.core.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;

class BrokenFilesTest {
  @TempDir Path folder;

  static byte[] file(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return withLength(text.length, text, data);
  }

  private static byte[] withLength(long length, byte[] header, byte[] data) {
    return ByteBuffer.allocate(8 + header.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(header)
        .put(data)
        .array();
  }

  private static String entry(String name, String dtype, String shape, String offsets) {
    return String.format(
        Locale.ROOT,
        "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}",
        name,
        dtype,
        shape,
        offsets);
  }

  private static Arguments one(String what, String entries, int bytes, String message) {
    return arguments(what, file("{" + entries + "}", new byte[bytes]), message);
  }

  static Stream<Arguments> broken() {
    byte[] good = "{}".getBytes(StandardCharsets.UTF_8);
    String a = entry("a", "F32", "[2]", "[0,8]");
    return Stream.of(
        arguments("zero bytes", new byte[0], "the file is empty"),
        arguments("cut in the length", new byte[5], "only 5 bytes, too short"),
        arguments("negative length", withLength(-1, good, good), "18446744073709551615 bytes"),
        arguments(
            "length over the limit", withLength(100_000_001, good, good), "limit of 100000000"),
        arguments("length over the file", withLength(11, good, good), "claims 11 bytes, but"),
        arguments("length in the middle", withLength(1, good, good), "is not JSON"),
        arguments("no JSON", file("hello", good), "is not JSON"),
        arguments(
            "no UTF-8",
            withLength(4, new byte[] {'{', '"', (byte) 0xff, '"'}, good),
            "its header is not UTF-8"),
        arguments("a list", file("[]", new byte[0]), "expected '{'"),
        arguments("more after the object", file("{} {}", new byte[0]), "nothing may follow"),
        one("no object for a tensor", "\"a\":3", 0, "tensor a has the unknown dtype ''"),
        one(
            "unknown dtype",
            entry("a", "F31", "[2]", "[0,8]"),
            8,
            "tensor a has the unknown dtype 'F31'"),
        one("negative dimension", entry("a", "F32", "[-2]", "[0,8]"), 8, "tensor a: shape must be"),
        one(
            "fractional dimension",
            entry("a", "F32", "[2.5]", "[0,8]"),
            8,
            "tensor a: shape must be"),
        one(
            "no shape",
            "\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}",
            8,
            "tensor a: shape must be"),
        one(
            "huge dimension",
            entry("a", "F32", "[99999999999999999999]", "[0,8]"),
            8,
            "tensor a: shape must be"),
        one(
            "overflowing shape",
            entry("a", "F32", "[4611686018427387904,4]", "[0,0]"),
            0,
            "tensor a: the shape"),
        one(
            "overflowing bytes",
            entry("a", "F64", "[2305843009213693952]", "[0,0]"),
            0,
            "tensor a: the shape"),
        one(
            "one offset",
            entry("a", "F32", "[2]", "[0]"),
            8,
            "tensor a: data_offsets must be a begin"),
        one(
            "reversed offsets",
            entry("a", "F32", "[2]", "[8,0]"),
            8,
            "tensor a: data_offsets must be a begin"),
        one(
            "negative offsets",
            entry("a", "F32", "[2]", "[-8,0]"),
            8,
            "tensor a: data_offsets must be a list"),
        one(
            "offsets unlike the shape",
            entry("a", "F32", "[3]", "[0,8]"),
            8,
            "F32 [3] takes 12 bytes, but data_offsets span 8"),
        one("truncated data", a, 7, "tensor a ends at byte 8 of the data, but there are only 7"),
        one("bytes of nobody", a, 9, "1 bytes at the end belong to no tensor"),
        one("a hole", entry("a", "F32", "[2]", "[4,12]"), 12, "a hole of 4 bytes before tensor a"),
        one("overlap", a + "," + entry("b", "F32", "[2]", "[4,12]"), 12, "tensors a and b overlap"),
        one("twins", a + "," + entry("a", "F32", "[2]", "[8,16]"), 16, "\"a\" stands there twice"),
        one(
            "key given twice",
            "\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}",
            0,
            "\"dtype\" stands there twice"),
        one("metadata that is a list", "\"__metadata__\":[]", 0, "__metadata__ is no JSON object"),
        one("metadata that is no text", "\"__metadata__\":{\"k\":1}", 0, "entry 'k' is no string"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void saysInOneLineWhatIsWrong(String what, byte[] content, String message) throws IOException {
    Path path = folder.resolve("model.safetensors");
    Files.write(path, content);
    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INPUT))
        .hasMessageStartingWith(path + ": broken safetensors file: ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aFileCutAnywhereIsRefused() throws IOException {
    byte[] whole = Resources.bytes("reference.safetensors");
    Path path = folder.resolve("cut.safetensors");
    for (int length = 0; length < whole.length; length++) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> SafetensorsFile.open(path)).isInstanceOf(PmfException.class);
    }
  }

  @Test
  void aFileWithAnyByteChangedIsReadOrRefusedButNeverFailsOtherwise() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    byte[] whole = Resources.bytes("reference.safetensors");
    Path path = folder.resolve("changed.safetensors");
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      Files.write(path, changed);
      try (SafetensorsFile file = SafetensorsFile.open(path)) {
        file.names().forEach(file::tensor);
      } catch (PmfException e) {
        assertThat(e).hasMessageStartingWith(path.toString()).hasMessageNotContaining("\n");
        refused++;
      }
    }
    assertThat(refused).isBetween(50, 500);
  }

  @Test
  void namesAFileThatIsMissingOrAFolder() {
    Path missing = folder.resolve("none.safetensors");
    assertThatThrownBy(() -> SafetensorsFile.open(missing))
        .isInstanceOf(PmfException.class)
        .hasMessage(missing + ": there is no such file");
    assertThatThrownBy(() -> SafetensorsFile.open(folder))
        .isInstanceOf(PmfException.class)
        .hasMessage(folder + ": is a folder, not a safetensors file");
  }
}
