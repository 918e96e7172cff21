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
        "[1] | line 1 is not JSON: expected '{', found '['",
        "{\"a\": 1} x | line 1 is not JSON: nothing may follow the object",
        "~{\n\"a\" 1}~ | line 2 is not JSON: expected ':', found '1'",
        "{\"a\": 01} | line 1 is not JSON: unexpected '01'",
        "{\"a\": NaN} | line 1 is not JSON: unexpected 'NaN'",
        "{\"a\": } | line 1 is not JSON: unexpected '}'",
        "{\"a\": 1, \"a\": 2} | line 1 is not JSON: \"a\" stands there twice",
        "{\"a\": \"b | line 1 is not JSON: it ends too early",
        "{\"a\": \"\\x\"} | line 1 is not JSON: an unknown escape \\x",
        "{\"a\": \"\\u12g4\"} | line 1 is not JSON: \\u12g4 is no character",
        "~{\"a\": \"b\nc\"}~ | line 2 is not JSON: a line or control character within a string",
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
  void aMissingFileIsNamed() {
    Path nowhere = folder.resolve("nowhere.json");
    assertThatThrownBy(() -> EncoderConfig.read(nowhere)).hasMessage(nowhere + ": missing");
  }
}
