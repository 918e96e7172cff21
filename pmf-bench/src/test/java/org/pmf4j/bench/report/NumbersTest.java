package org.pmf4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {

  @Test
  void haveThreeDigitsOrSo() {
    assertThat(Numbers.milliseconds(4.612)).isEqualTo("4.61 ms");
    assertThat(Numbers.milliseconds(46.12)).isEqualTo("46.1 ms");
    assertThat(Numbers.milliseconds(4612.3)).isEqualTo("4,612 ms");
    assertThat(Numbers.plain(99.97)).isEqualTo("100");
    assertThat(Numbers.plain(0)).isEqualTo("0");
    assertThat(Numbers.plain(0.0042)).isEqualTo("4.2e-03");
  }

  @Test
  void haveTheirUnits() {
    assertThat(Numbers.bytes(1700)).isEqualTo("1.70 kB");
    assertThat(Numbers.bytes(173e6)).isEqualTo("173 MB");
    assertThat(Numbers.bytes(3.25e9)).isEqualTo("3.25 GB");
    assertThat(Numbers.times(6.2)).isEqualTo("6.20×");
    assertThat(Numbers.percent(0.1234)).isEqualTo("12.3 %");
  }
}
