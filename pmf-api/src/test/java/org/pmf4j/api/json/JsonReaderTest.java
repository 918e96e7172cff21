package org.pmf4j.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;

@DisplayName("JSON that is read value by value")
class JsonReaderTest {
  private static final String EVERYTHING =
      "{\"text\": \"a \\\"b\\\" \\u00e9\\n😀\", \"list\": [1, -2.5e3, NaN, true, null, {}, []],\r\n"
          + "\"inner\": {\"x\": {\"__float__\": \"-Infinity\"}, \"y\": {\"__float__\": \"?\"}}}";

  private static JsonReader<Object> reader(String text) {
    return new JsonReader<>(new StringReader(text), JavaValues.INSTANCE);
  }

  /** Gives one character at a time, as the slowest of connections may. */
  private static final class Dripping extends Reader {
    private final StringReader text;

    private Dripping(String text) {
      this.text = new StringReader(text);
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
      return text.read(into, from, Math.min(1, length));
    }

    @Override
    public void close() {
      text.close();
    }
  }

  private static NotJson fault(String text) {
    return catchThrowableOfType(NotJson.class, () -> reader(text).value());
  }

  @Test
  @DisplayName("is the same in whatever pieces it comes")
  void inPieces() throws Exception {
    Object whole = reader(EVERYTHING).value();
    assertThat(new JsonReader<>(new Dripping(EVERYTHING), JavaValues.INSTANCE).value())
        .isEqualTo(whole)
        .isEqualTo(
            Map.of(
                "text",
                "a \"b\" é\n😀",
                "list",
                java.util.Arrays.asList(1, -2500.0, Double.NaN, true, null, Map.of(), List.of()),
                "inner",
                Map.of("x", Double.NEGATIVE_INFINITY, "y", Map.of("__float__", "?"))));
    for (int end = 0; end < EVERYTHING.length(); end++) {
      String part = EVERYTHING.substring(0, end);
      NotJson atOnce = fault(part);
      NotJson dripping =
          catchThrowableOfType(
              NotJson.class,
              () -> new JsonReader<>(new Dripping(part), JavaValues.INSTANCE).value());
      assertThat(dripping).as(part).hasMessage(atOnce.getMessage());
    }
  }

  @Test
  @DisplayName("may be longer than what is held of it")
  void longText() throws Exception {
    List<Object> expected = new ArrayList<>();
    IntStream.range(0, 20_000).forEach(i -> expected.add(i % 3 == 0 ? "text " + i : (Object) i));
    String text =
        expected.stream()
            .map(v -> v instanceof String ? "\"" + v + "\"" : String.valueOf(v))
            .collect(Collectors.joining(",\n", "[", "]"));
    assertThat(reader(text).value()).isEqualTo(expected);
    String longest = "x".repeat(100_000) + "\\n";
    assertThat(reader("\"" + longest + "\"").value()).isEqualTo("x".repeat(100_000) + "\n");
    assertThat(fault(text.replace("19999]", "19999")).line()).isEqualTo(20_000);
  }

  @Test
  @DisplayName("may be several values, between which something stands")
  void several() throws Exception {
    JsonReader<Object> reader = reader(" {\"a\": 1}\n\r\n\r;[2]3 ");
    assertThat(reader.peek()).isEqualTo('{');
    assertThat(reader.next()).isEqualTo(Map.of("a", 1));
    assertThat(reader.take(',')).isFalse();
    assertThat(reader.line()).isEqualTo(4);
    assertThat(reader.column()).isEqualTo(1);
    assertThat(reader.take(';')).isTrue();
    assertThat(reader.next()).isEqualTo(List.of(2));
    assertThat(reader.next()).isEqualTo(3);
    assertThat(reader.peek()).isEqualTo(-1);
    assertThatThrownBy(reader::next).isInstanceOf(NotJson.class).hasMessageContaining("too early");
  }

  @ParameterizedTest(name = "is wrong: {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[1,~2 | TRUNCATED | 2 | 2",
        "~~ | TRUNCATED | 1 | 1",
        "{\"a\": 1,~ \"a\": 2} | DUPLICATE | 2 | 2",
        "[{\"a\": {\"b\": 1, \"b\": 2}}] | DUPLICATE | 1 | 17",
        "[1]~x | SYNTAX | 2 | 1",
        "[1~~, tru] | SYNTAX | 3 | 3",
        "[\"a\", \"\\q\"] | SYNTAX | 1 | 8",
      })
  @DisplayName("is told by kind, line and column")
  void places(String text, NotJson.Fault kind, long line, long column) {
    NotJson fault = fault(text.equals("~~") ? "" : text.replace("~", "\n"));
    assertThat(fault.fault()).isEqualTo(kind);
    assertThat(fault.line()).isEqualTo(line);
    assertThat(fault.column()).isEqualTo(column);
    assertThat(fault.reason()).isNotBlank();
  }

  @Test
  @DisplayName("is nested 64 deep at most")
  void depth() throws Exception {
    assertThat(reader("[".repeat(64) + "1" + "]".repeat(64)).value()).isNotNull();
    String deeper = "[".repeat(65) + "1" + "]".repeat(65);
    assertThat(fault(deeper).fault()).isEqualTo(NotJson.Fault.LIMIT);
    assertThat(fault(deeper).column()).isEqualTo(65);
    assertThat(fault("{\"a\":".repeat(65)).fault()).isEqualTo(NotJson.Fault.LIMIT);
  }

  @Test
  @DisplayName("has numbers of at most 1,000 characters")
  void longNumbers() throws Exception {
    assertThat(reader("9".repeat(1_000)).value()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(fault("9".repeat(1_001)).fault()).isEqualTo(NotJson.Fault.LIMIT);
    assertThat(fault("9".repeat(100_000)).reason())
        .isEqualTo("a number of more than 1000 characters");
    assertThat(fault("z".repeat(100_000)).reason())
        .startsWith("unexpected 'zzz")
        .hasSizeLessThan(120);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "1.50", "1e400", "-1E-5", "123456789012345678901", "NaN"})
  @DisplayName("gives numbers as they are written to who makes something of them")
  void written(String number) throws Exception {
    List<String> seen = new ArrayList<>();
    ValueFactory<Object> listening =
        new ValueFactory<>() {
          @Override
          public Object text(String text) {
            return text;
          }

          @Override
          public Object number(String written) {
            seen.add(written);
            return written;
          }

          @Override
          public Object flag(boolean value) {
            return value;
          }

          @Override
          public Object nothing() {
            return "";
          }

          @Override
          public Object list(List<Object> elements) {
            return elements;
          }

          @Override
          public Object object(Map<String, Object> fields) {
            return fields;
          }
        };
    new JsonReader<>(new StringReader("[" + number + "]"), listening).value();
    assertThat(seen).containsExactly(number);
  }

  @ParameterizedTest
  @CsvSource({
    "2147483647, java.lang.Integer",
    "2147483648, java.lang.Long",
    "-2147483648, java.lang.Integer",
    "999999999999999999, java.lang.Long",
    "9223372036854775806, java.lang.Double",
    "99999999999999999999, java.lang.Double",
    "1.0, java.lang.Double",
    "1e400, java.lang.Double",
    "-0, java.lang.Integer"
  })
  @DisplayName("has whole numbers as far as 64 bits go, and others beyond")
  void kinds(String number, Class<?> kind) {
    assertThat(Json.value("cell", number)).isInstanceOf(kind);
  }

  @Test
  @DisplayName("may stand in a cell, and is told by the cell's place")
  void cells() {
    assertThat(Json.value("t.csv row 1, column series", "[[1, 2.5], [NaN, null]]"))
        .isEqualTo(List.of(List.of(1, 2.5), java.util.Arrays.asList(Double.NaN, null)));
    assertThat(Json.value("cell", "null")).isNull();
    assertThatThrownBy(() -> Json.value("t.csv row 1, column series", "[1, 2"))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            "t.csv row 1, column series: line 1 is not JSON: it ends too early, at column 6");
    assertThatThrownBy(() -> Json.value("cell", " ")).hasMessageStartingWith("cell: is empty");
    assertThatThrownBy(() -> Json.object("cell", "[]")).hasMessageContaining("expected '{'");
  }

  @Test
  @DisplayName("keeps halves of surrogate pairs, of which texts are told")
  void halves() {
    assertThat(Json.value("cell", "\"a\\ud83d\"")).isEqualTo("a\ud83d");
    assertThat(Surrogates.arePaired("a\ud83d")).isFalse();
    assertThat(Surrogates.arePaired("\ude00\ud83d")).isFalse();
    assertThat(Surrogates.arePaired("a😀b")).isTrue();
    assertThat(Surrogates.arePaired("")).isTrue();
  }
}
