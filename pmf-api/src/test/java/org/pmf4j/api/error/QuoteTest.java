package org.pmf4j.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuoteTest {
  @Test
  void whatMovesTheCursorOrTurnsTheWritingIsWrittenOut() {
    assertThat(Quote.plain("a\nb\r\tc\u001B[2Jd\u2028\u202E\u0085\uD800"))
        .isEqualTo("a\\nb\\r\\tc\\u001b[2Jd\\u2028\\u202e\\u0085\\ud800");
  }

  @Test
  void lettersOfAllScriptsAndJoinedSignsStay() {
    String text = "日本 crème می\u200Cخواهم 👩\u200D🚀 नमस्ते";
    assertThat(Quote.plain(text)).isSameAs(text);
  }

  @Test
  void aLongValueIsCutAndItsLengthTold() {
    assertThat(Quote.value("short")).isEqualTo("'short'");
    assertThat(Quote.value("😀".repeat(5_000)))
        .isEqualTo("'" + "😀".repeat(40) + "…' (10,000 characters)");
  }

  @Test
  void aNameIsQuotedWhereItWouldBeReadWrongly() {
    assertThat(Quote.name("image")).isEqualTo("image");
    assertThat(Quote.name(" image")).isEqualTo("' image'");
    assertThat(Quote.name("")).isEqualTo("''");
    assertThat(Quote.name("a, b")).isEqualTo("'a, b'");
  }

  @Test
  void aMessageStaysOnOneLineAndHasAnEnd() {
    PmfException e =
        PmfException.input("t.csv: label 'a\nb\u001B[31m' " + "x".repeat(1 << 20) + "; mend it");
    assertThat(e.getMessage())
        .startsWith("t.csv: label 'a\\nb\\u001b[31m' x")
        .endsWith("x; mend it")
        .hasSizeLessThan(600);
    String faults = "row 3: no label; ".repeat(1_000);
    assertThat(Quote.message(faults)).startsWith("row 3").endsWith("label; ").hasSize(4_003);
    assertThat(Quote.message(faults.substring(0, 3_000))).isEqualTo(faults.substring(0, 3_000));
  }
}
