package org.pmf4j.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuotedTest {
  @Test
  void ordinaryValuesStayAsTheyAre() {
    assertThat(Quoted.of("crème 日本 \uD83D\uDE00")).isEqualTo("crème 日本 \uD83D\uDE00");
    assertThat(Quoted.of(List.of(1, 2.5))).isEqualTo("[1, 2.5]");
    assertThat(Quoted.of(null)).isEqualTo("null");
  }

  @Test
  void whatWouldChangeALineOrATerminalIsSpelledOut() {
    assertThat(Quoted.of("a\nb\r\t\u001b[2J\u2028\u202e\uFEFF\u0000"))
        .isEqualTo("a\\u000ab\\u000d\\u0009\\u001b[2J\\u2028\\u202e\\ufeff\\u0000");
    assertThat(Quoted.of("x\uD83D")).isEqualTo("x\\ud83d");
  }

  @Test
  void longValuesAreCutBetweenCharacters() {
    assertThat(Quoted.of("a".repeat(100))).isEqualTo("a".repeat(100));
    assertThat(Quoted.of("a".repeat(101))).isEqualTo("a".repeat(100) + "…");
    String faces = "\uD83D\uDE00".repeat(100);
    assertThat(Quoted.of(faces)).isEqualTo(faces);
    assertThat(Quoted.of(faces + "x")).isEqualTo(faces + "…");
  }
}
