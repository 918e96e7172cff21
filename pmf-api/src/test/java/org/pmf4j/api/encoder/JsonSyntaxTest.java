package org.pmf4j.api.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;

/** RFC 8259, case by case: what must be read, what must not, and what may be either. */
@DisplayName("The JSON of an encoder's files")
class JsonSyntaxTest {
  @TempDir private Path folder;

  private EncoderConfig read(byte[] value) throws IOException {
    Path file = folder.resolve("config.json");
    byte[] all = new byte[value.length + 7];
    System.arraycopy("{\"a\": ".getBytes(StandardCharsets.UTF_8), 0, all, 0, 6);
    System.arraycopy(value, 0, all, 6, value.length);
    all[all.length - 1] = '}';
    return EncoderConfig.read(Files.write(file, all));
  }

  private EncoderConfig read(String value) throws IOException {
    return read(value.getBytes(StandardCharsets.UTF_8));
  }

  private void isRefused(String value) {
    assertThatThrownBy(() -> read(value))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("config.json");
  }

  @ParameterizedTest(name = "is read [{index}]")
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-1",
        "10",
        "1E22",
        "1e+2",
        "1e-2",
        "0.5e1",
        "-1.25E-3",
        "123456789012",
        "\"\"",
        "\"\\u0022\"",
        "\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\uD834\\uDD1E\"",
        "\"\u2028\"",
        "\"\u007f\"",
        "\"\ud83d\ude00\"",
        "\"\\u0000\"",
        "[]",
        "[ ]",
        "[[],[[]]]",
        "{}",
        "{\"\":0}",
        "{\"a\":{\"b\":[1,2]}}",
        "[true,false,null]",
        " \t\n\r 1 \t\n\r ",
        "[1 , 2]",
        "{ \"a\" : 1 , \"b\" : 2 }",
        "\"\\u00e9\"",
        "NaN",
        "Infinity",
        "-Infinity"
      })
  void isRead(String value) throws IOException {
    assertThat(read(value).has("a")).isTrue();
  }

  @ParameterizedTest(name = "is refused [{index}]")
  @ValueSource(
      strings = {
        "",
        "-",
        "+1",
        "01",
        "-01",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x1",
        "1_000",
        "nan",
        "True",
        "nul",
        "nulll",
        "'x'",
        "\"x",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12G4\"",
        "\"\t\"",
        "\"\n\"",
        "\"\u0000\"",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1",
        "]",
        "[1]]",
        "[,]",
        "[1,,2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{1:1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1,,}",
        "{\"a\"::1}",
        "[\"a\":1]",
        "1 // x",
        "1 /* x */",
        "# x",
        "1, 2",
        "1} {",
        "\u00a01",
        "\ufeff1",
        "undefined",
        "[1;2]",
        "\"a\"\"b\""
      })
  void isNot(String value) {
    isRefused(value);
  }

  @ParameterizedTest(name = "is read or refused in one line [{index}]")
  @ValueSource(
      strings = {
        "1e400",
        "-1e400",
        "1e-400",
        "123456789012345678901234567890",
        "\"\\uD800\"",
        "\"\\uDC00\\uD800\"",
        "{\"b\":1,\"b\":2}",
        "1e99999999999999999999"
      })
  void isEither(String value) {
    try {
      assertThat(read(value).has("a")).isTrue();
    } catch (PmfException e) {
      assertThat(e).hasMessageContaining("config.json");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "nested {0} deep is read or refused in one line")
  @ValueSource(ints = {100, 1_000, 100_000})
  void depth(int depth) {
    isEither("[".repeat(depth) + "]".repeat(depth));
    isEither("{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
    isRefused("[".repeat(depth));
  }

  @ParameterizedTest(name = "is refused where its bytes are no UTF-8 [{index}]")
  @ValueSource(strings = {"ff", "c3", "c080", "eda080", "f8888080", "f4908080"})
  void encoding(String bytes) {
    byte[] value = java.util.HexFormat.of().parseHex("22" + bytes + "22");
    assertThatThrownBy(() -> read(value))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("config.json");
  }
}
