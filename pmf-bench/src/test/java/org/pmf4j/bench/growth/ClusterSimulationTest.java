package org.pmf4j.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A simulated step")
class ClusterSimulationTest {
  private static final Scenario.Run RUN = new Scenario.Run(64, Models.BYTES, Models.LINK);

  private static double simulated(StepModel model, ClusterStep step) {
    return ClusterSimulation.seconds(model, step, 1).median();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16})
  @DisplayName("of one executor, where none straggles, takes what the formula says, shard by shard")
  void oneExecutor(int shards) {
    StepModel model = Models.typical(0);
    ClusterStep step =
        new ClusterStep(1, shards, 64, Models.BYTES, Models.LINK, new Gathering.ByDriver(), 1);
    // Sums of the same numbers in another order
    assertThat(simulated(model, step)).isCloseTo(model.seconds(step), within(1e-9));
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  @DisplayName("is near the formula for 1 to 512 executors, in each scenario")
  void nearTheFormula(Scenario scenario) {
    StepModel model = Models.typical(0.1);
    for (int executors : Growth.EXECUTORS) {
      scenario
          .of(executors, RUN)
          .ifPresent(
              step ->
                  // The formula puts stages behind each other that overlap a little, and blocks of
                  // the broadcast have no best order: a quarter is what is claimed
                  assertThat(model.seconds(step))
                      .as("%s, %d executors", scenario, step.executors())
                      .isCloseTo(simulated(model, step), within(0.25 * simulated(model, step))));
    }
  }

  @Test
  @DisplayName("is never faster than the driver's link lets all gradients through")
  void driversLink() {
    StepModel model = Models.typical(0.1);
    ClusterStep step = ClusterStep.of(512, 512, Models.BYTES, Models.LINK);
    assertThat(simulated(model, step)).isGreaterThan(512 * step.transfer());
    ClusterStep tree = step.gathered(new Gathering.ByTree(23));
    assertThat(simulated(model, tree)).isLessThan(simulated(model, step) / 2);
  }

  @Test
  @DisplayName("waits for the slowest shard")
  void stragglers() {
    ClusterStep step = ClusterStep.of(64, 64 * 64, Models.BYTES, Models.LINK);
    double even = simulated(Models.typical(0), step);
    double uneven = simulated(Models.typical(0.3), step);
    double compute = Models.typical(0).compute(64);
    // The largest of 64 normals is 2.4 on average
    assertThat(uneven - even).isBetween(0.5 * compute, 2 * compute);
  }

  @Test
  @DisplayName("takes the same time from the same seed")
  void sameSeed() {
    StepModel model = Models.typical(0.3);
    ClusterStep step = ClusterStep.of(8, 512, Models.BYTES, Models.LINK);
    assertThat(ClusterSimulation.seconds(model, step, 5))
        .isEqualTo(ClusterSimulation.seconds(model, step, 5))
        .isNotEqualTo(ClusterSimulation.seconds(model, step, 6));
  }

  @Test
  @DisplayName("adds in groups until the driver has no more than one")
  void tree() {
    assertThat(List.of(8, 9, 64, 65, 512))
        .extracting(new Gathering.ByTree(8)::atDriver)
        .containsExactly(8, 2, 8, 2, 8);
  }
}
