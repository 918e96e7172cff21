package org.pmf4j.api.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.error.PmfException;

class EncoderConfigTest {
  @TempDir private Path folder;

  private EncoderConfig read(String json) throws IOException {
    return EncoderConfig.read(Files.writeString(folder.resolve("config.json"), json));
  }

  @Test
  void everyKindOfValueIsRead() throws IOException {
    EncoderConfig config =
        read(
            """
            {"text": "a \\"b\\" \\u00e9\\n", "whole": -7, "long": 12345678901, "number": 1.5e-3,
             "yes": true, "nothing": null, "list": [1, [2, {}], "x"], "object": {"inner": 1}}
            """);
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("text", "a \"b\" é\n");
    expected.put("whole", -7);
    expected.put("long", 12_345_678_901L);
    expected.put("number", 1.5e-3);
    expected.put("yes", true);
    expected.put("nothing", null);
    expected.put("list", List.of(1, List.of(2, Map.of()), "x"));
    expected.put("object", Map.of("inner", 1));
    assertThat(config.values()).isEqualTo(expected);
    assertThat(config.source()).isEqualTo(folder.resolve("config.json").toString());
  }

  @Test
  void whatIsWrittenIsReadTheSameAndLeavesNothingBeside() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("quoted \"\\\n\u0001", "é \t 漢");
    values.put("numbers", List.of(1, -2.5, 1e-12, 123_456_789_012L));
    values.put("nested", Map.of("a", List.of(Map.of("b", false), Map.of())));
    values.put("null", null);
    Path file = folder.resolve("config.json");
    EncoderConfig.write(file, values);
    EncoderConfig.write(file, values);
    assertThat(EncoderConfig.read(file).values()).isEqualTo(values);
    assertThat(folder.toFile().list()).containsExactly("config.json");
  }

  @Test
  void numbersThatJsonHasNotAreNotWritten() {
    Path file = folder.resolve("config.json");
    assertThatThrownBy(() -> EncoderConfig.write(file, Map.of("x", Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[1] | line 1 is not JSON: expected '{', found '[', at column 1",
        "{\"a\": 1} x | line 1 is not JSON: nothing may follow the object, at column 10",
        "~{\n\"a\" 1}~ | line 2 is not JSON: expected ':', found '1', at column 5",
        "{\"a\": 01} | line 1 is not JSON: unexpected '01', at column 7",
        "{\"a\": nan} | line 1 is not JSON: unexpected 'nan', at column 7",
        "{\"a\": } | line 1 is not JSON: unexpected '}', at column 7",
        "{\"a\": 1, \"a\": 2} | line 1 is not JSON: \"a\" stands there twice, at column 10",
        "{\"a\": \"b | line 1 is not JSON: it ends too early, at column 9",
        "{\"a\": \"\\x\"} | line 1 is not JSON: an unknown escape \\x, at column 8",
        "{\"a\": \"\\u12g4\"} | line 1 is not JSON: \\u12g4 is no character, at column 8",
        "~{\"a\": \"b\nc\"}~ | line 1 is not JSON: a line or control character within a string, at column 9",
      })
  void brokenTextIsRefusedByFileAndLine(String json, String told) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(PmfException.class)
        .hasMessage(folder.resolve("config.json") + ": " + told);
  }

  @Test
  void deepNestingIsRefusedInsteadOfRunningOutOfStack() {
    String deep = "[".repeat(100_000);
    assertThatThrownBy(() -> read("{\"a\": " + deep)).hasMessageContaining("deep");
  }

  /** Each beginning of a whole object, and the object with each byte replaced. */
  @Test
  void anyDamageIsOneLineOrStillJson() throws IOException {
    String whole = "{\"a\": [1, 2.5e3, {\"b\": null}], \"c\": \"d\\u0041\", \"e\": true}";
    for (int i = 0; i < whole.length(); i++) {
      String beginning = whole.substring(0, i);
      assertThatThrownBy(() -> read(beginning)).as(beginning).isInstanceOf(PmfException.class);
      for (byte b : new byte[] {0, '"', '{', ']', '\\', '9', (byte) 0xff}) {
        byte[] damaged = whole.getBytes(StandardCharsets.UTF_8);
        damaged[i] = b;
        Path file = Files.write(folder.resolve("damaged.json"), damaged);
        try {
          assertThat(EncoderConfig.read(file).values()).isNotEmpty();
        } catch (PmfException e) {
          assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("\n");
        }
      }
    }
  }

  @Test
  void numbersThatAreNotFiniteAreReadAsPythonWritesThem() throws IOException {
    EncoderConfig config =
        read(
            """
            {"a": Infinity, "b": -Infinity, "c": NaN, "d": {"__float__": "-Infinity"},
             "e": {"__float__": "one"}}
            """);
    assertThat(config.limit("a", 1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(config.limit("b", 1)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(config.limit("d", 1)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(config.values().get("c")).isEqualTo(Double.NaN);
    assertThat(config.object("e")).isPresent();
    assertThatThrownBy(() -> config.limit("c", 1)).hasMessageContaining("a number, found NaN");
    assertThatThrownBy(() -> config.number("a", 1)).hasMessageContaining("a finite number, found");
  }

  @ParameterizedTest
  @CsvSource({
    "2147483648, 'at most 2147483647, found 2147483648'",
    "1e300, 'at most 2147483647, found 1.0E300'",
    "123456789012345678901234567890, 'at most 2147483647, found 1.2345678901234568E29'",
    "-1, 'a whole number above 0, found -1'",
    "-9223372036854775809, 'a whole number above 0, found -9.223372036854776E18'",
    "1.5, 'a whole number above 0, found 1.5'",
    "NaN, 'a whole number above 0, found NaN'",
    "'\"768\"', 'a whole number above 0, found 768'",
    "true, 'a whole number above 0, found true'",
    "[768], 'a whole number above 0, found [768]'",
  })
  void aSizeThatIsNoneIsRefused(String value, String told) throws IOException {
    EncoderConfig config = read("{\"hidden_size\": " + value + "}");
    assertThatThrownBy(() -> config.size("hidden_size"))
        .isInstanceOf(PmfException.class)
        .hasMessage(folder.resolve("config.json") + ": \"hidden_size\" must be " + told);
  }

  @Test
  void wholeNumbersAreReadUpToTheLargest() throws IOException {
    EncoderConfig config = read("{\"a\": 9223372036854775807, \"b\": 2147483647, \"c\": 12.0}");
    assertThat(config.values().get("a")).isEqualTo((double) Long.MAX_VALUE);
    assertThat(config.size("b")).isEqualTo(Integer.MAX_VALUE);
    assertThat(config.size("c")).isEqualTo(12);
  }

  @Test
  void aByteOrderMarkIsLeftOut() throws IOException {
    assertThat(read("\uFEFF{\"a\": 1}").size("a")).isEqualTo(1);
  }

  @Test
  void whatUsersWroteIsRepeatedInPartAndOnOneLine() throws IOException {
    EncoderConfig config = read("{\"a\": \"x\\n\\u001b[31m" + "y".repeat(100_000) + "\"}");
    assertThatThrownBy(() -> config.size("a"))
        .message()
        .contains("x\\u000a\\u001b[31my")
        .endsWith("y…")
        .doesNotContain("\n")
        .hasSizeLessThan(400);
    assertThatThrownBy(
            () -> read("{\"" + "k".repeat(5000) + "\": 1, \"" + "k".repeat(5000) + "\": 1}"))
        .message()
        .endsWith("k…\" stands there twice, at column 5009")
        .hasSizeLessThan(400);
    assertThatThrownBy(() -> read("{\"a\": " + "z".repeat(100_000) + "}"))
        .message()
        .hasSizeLessThan(400);
  }

  @Test
  void aFileOfAbsurdSizeIsRefused() throws IOException {
    Path file = folder.resolve("config.json");
    Files.writeString(file, "{\"a\": [" + "0,".repeat(9 << 20) + "0]}");
    assertThatThrownBy(() -> EncoderConfig.read(file))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            file + ": is larger than 16 MB, more than such a file can have; is it the right file?");
  }

  @Test
  void aMissingFileIsNamed() {
    Path nowhere = folder.resolve("nowhere.json");
    assertThatThrownBy(() -> EncoderConfig.read(nowhere)).hasMessage(nowhere + ": missing");
  }
}
