package org.pmf4j.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks of {@code src/jmh}: with {@code -Djmh="<JMH's command line>"} as it says, and
 * without it one operation once, to show that they run.
 */
class TensorOperationsTest {
  private static final String COMMAND = System.getProperty("jmh");

  @Test
  void operationsRunOnBothBackends() throws Exception {
    if (COMMAND != null) {
      assertThat(new Runner(new CommandLineOptions(COMMAND.strip().split("\\s+"))).run())
          .isNotEmpty();
      return;
    }
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("TensorOperations.forwardAndBackward")
                    .param("operation", "ATTENTION_4_ROWS")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(1))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    assertThat(results).hasSize(2);
    assertThat(results).allMatch(r -> r.getPrimaryResult().getScore() > 0);
  }
}
