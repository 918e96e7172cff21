package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.testkit.message.MessageRules;

/** Every door gets the same documents, and must read or refuse them alike. */
@DisplayName("JSON of others")
class JsonDialectTest {
  private static final String TWICE = "{\"twice\": 1, \"twice\": 2}";

  /** What stands in place of a value, and is no JSON in any place. */
  private static final List<String> NO_VALUES =
      List.of(
          "nan",
          "inf",
          "INF",
          "+Infinity",
          "-NaN",
          "None",
          "True",
          "01",
          "1.",
          ".5",
          "1e",
          "0x10",
          "+1",
          "1_000",
          "'x'",
          "",
          "1 // one",
          "[1,]",
          "{\"a\": 1,}",
          "{a: 1}",
          "\"a\tb\"",
          "\"\\x41\"",
          "\"\\ud8\"",
          TWICE,
          "[[" + TWICE + "]]",
          "{\"a\": {\"b\": [" + TWICE + "]}}",
          "9".repeat(2_000),
          "[".repeat(10_000) + "]".repeat(10_000),
          "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000));

  private static final List<String> ANYTHING =
      List.of(
          "NaN",
          "Infinity",
          "-Infinity",
          "{\"__float__\": \"NaN\"}",
          "1e400",
          "-1e400",
          "1e-400",
          "1e99999999999999999999",
          "123456789012345678901234567890",
          "-9223372036854775809",
          "\"half \\ud83d\"",
          "[".repeat(20) + "]".repeat(20));

  @TempDir private Path folder;

  private static Stream<Arguments> doorsAnd(List<String> values) {
    return Stream.of(JsonDoor.values())
        .flatMap(door -> values.stream().map(value -> Arguments.of(door, value)));
  }

  static Stream<Arguments> noValues() {
    return doorsAnd(NO_VALUES);
  }

  static Stream<Arguments> anything() {
    return doorsAnd(ANYTHING).filter(a -> hasAny((JsonDoor) a.get()[0]));
  }

  static Stream<JsonDoor> askingForNumbers() {
    return Stream.of(JsonDoor.values()).filter(door -> !door.number.isEmpty());
  }

  static Stream<JsonDoor> askingForTexts() {
    return Stream.of(JsonDoor.values()).filter(door -> !door.text.isEmpty());
  }

  private static boolean hasAny(JsonDoor door) {
    return !List.of(JsonDoor.ADAPTER_CONFIG, JsonDoor.ADDED_TOKENS, JsonDoor.HEADER).contains(door);
  }

  private void isRead(JsonDoor door, String json) {
    assertThatCode(() -> door.enter(folder, json)).doesNotThrowAnyException();
  }

  private void isRefused(JsonDoor door, byte[] json, String... told) throws IOException {
    Path file = Files.write(folder.resolve(door.file), door.file(json));
    assertThatThrownBy(() -> door.read(folder))
        .isInstanceOfSatisfying(
            PmfException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.INPUT);
              assertThat(e.getMessage()).startsWith(file.toString());
              assertThat(told).allSatisfy(word -> assertThat(e.getMessage()).contains(word));
              assertThat(MessageRules.offences(e.getMessage())).isEmpty();
            });
  }

  private void isRefused(JsonDoor door, String json, String... told) throws IOException {
    isRefused(door, json.getBytes(StandardCharsets.UTF_8), told);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("is read through every door, with a byte order mark and whatever ends its lines")
  void good(JsonDoor door) throws IOException {
    String good = JsonDoor.plain(door.good(folder));
    isRead(door, good);
    isRead(door, good.replace("\n", "\r\n"));
    isRead(door, good + " \t\r\n\n");
    if (door == JsonDoor.HEADER) {
      isRefused(door, "\uFEFF" + good, "line 1");
    } else {
      isRead(door, "\uFEFF" + good);
    }
  }

  @ParameterizedTest(name = "{0} [{index}]")
  @MethodSource("noValues")
  @DisplayName("is refused by line and column where something is no value")
  void noValue(JsonDoor door, String value) throws IOException {
    String good = door.good(folder);
    String bad =
        hasAny(door)
            ? JsonDoor.withAny(good, value)
            : JsonDoor.withNumber(good, value.replace("\\", "\\\\"));
    String before = good.split("<any>|<-?[0-9.]+>", 2)[0];
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    // Nothing at all shows by what comes next, perhaps in the next line
    isRefused(door, bad, value.isEmpty() ? "line " : "line " + line);
    assertThat(refusal(door)).containsPattern("(column|character) \\d+");
    if (value.contains("twice")) {
      assertThat(refusal(door)).contains("\"twice\" stands there twice");
    }
    if (value.length() > 10_000) {
      assertThat(refusal(door)).contains("deeper than 64");
    }
  }

  private String refusal(JsonDoor door) {
    try {
      door.read(folder);
      throw new AssertionError(door + " has read it");
    } catch (PmfException e) {
      return e.getMessage();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("is refused where it ends too early, or goes on")
  void ends(JsonDoor door) throws IOException {
    String good = JsonDoor.plain(door.good(folder));
    String whole = good.strip();
    for (int length : new int[] {1, whole.length() / 3, whole.length() / 2, whole.length() - 1}) {
      isRefused(door, whole.substring(0, length));
      assertThat(refusal(door)).containsAnyOf("ends too early", "ends before the row does");
    }
    for (String more : new String[] {"x", "]", "}", "\u0000"}) {
      isRefused(door, whole + more, "line ");
    }
    isRefused(door, whole.replaceFirst("\\{", "{\"twice\": 1, \"twice\": 2, "), "twice");
    for (String nothing : new String[] {"", " \n"}) {
      isRefused(door, nothing);
      assertThat(refusal(door)).containsAnyOf("empty", "no rows");
    }
    isRefused(door, "[]");
    isRefused(door, "7");
    isRefused(door, "null");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("is refused by its encoding")
  void encodings(JsonDoor door) throws IOException {
    String good = JsonDoor.plain(door.good(folder));
    for (Charset encoding :
        List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16)) {
      isRefused(door, good.getBytes(encoding));
      if (door != JsonDoor.HEADER) {
        assertThat(refusal(door)).contains("UTF-16");
      }
    }
    byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
    bytes[good.indexOf('"') + 1] = (byte) 0xFF;
    isRefused(door, bytes);
    assertThat(refusal(door)).contains("UTF-8");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("anything")
  @DisplayName("may hold any number, and half a character, where nobody asks for it")
  void anyValue(JsonDoor door, String value) throws IOException {
    isRead(door, JsonDoor.withAny(door.good(folder), value));
  }

  @ParameterizedTest
  @MethodSource("askingForNumbers")
  @DisplayName("is refused by key where a number that is asked for is none")
  void noNumber(JsonDoor door) throws IOException {
    String good = door.good(folder);
    isRead(door, JsonDoor.plain(good));
    for (String number : new String[] {"NaN", "{\"__float__\": \"NaN\"}"}) {
      isRefused(door, JsonDoor.withNumber(good, number), door.number);
    }
  }

  @ParameterizedTest
  @MethodSource("askingForTexts")
  @DisplayName("is refused by key where a text that is asked for has half a character")
  void halves(JsonDoor door) throws IOException {
    String good = door.good(folder);
    isRead(door, JsonDoor.plain(good));
    isRefused(door, JsonDoor.withText(good, "\\\\ud83d"), door.text);
  }
}
