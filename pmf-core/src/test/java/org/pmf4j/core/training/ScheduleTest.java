package org.pmf4j.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The learning rate")
class ScheduleTest {
  private final Schedule schedule = new Schedule(0.1, 10, 110);

  @Test
  @DisplayName("rises in equal steps to its peak")
  void risesToItsPeak() {
    assertThat(schedule.rate(0)).isCloseTo(0.01, within(1e-12));
    assertThat(schedule.rate(4)).isCloseTo(0.05, within(1e-12));
    assertThat(schedule.rate(9)).isCloseTo(0.1, within(1e-12));
  }

  @Test
  @DisplayName("falls along half a cosine to zero")
  void fallsToZero() {
    assertThat(schedule.rate(10)).isCloseTo(0.1, within(1e-12));
    assertThat(schedule.rate(60)).isCloseTo(0.05, within(1e-12));
    assertThat(schedule.rate(110)).isCloseTo(0, within(1e-12));
  }

  @Test
  @DisplayName("starts at its peak without warm-up")
  void noWarmup() {
    assertThat(new Schedule(0.1, 0, 100).rate(0)).isEqualTo(0.1);
  }
}
