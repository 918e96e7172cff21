package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.pmf4j.testkit.message.MessageRules;

/**
 * What a command came to that was run in this process.
 *
 * @param code exit code
 * @param out standard output
 * @param err standard error
 */
public record Outcome(int code, String out, String err) {

  /**
   * Checks all that it wrote by the rules for what users read, traces that were asked for aside.
   */
  public Outcome {
    if (!err.contains("\tat ")) {
      Stream.concat(out.lines(), err.lines())
          .filter(line -> !line.isBlank())
          .map(line -> line.replaceFirst("^pmf: (WARN: )?", ""))
          .forEach(line -> assertThat(MessageRules.offences(line)).as(line).isEmpty());
    }
  }

  /** Runs a command on the checked backend; words may be paths. */
  public static Outcome of(Object... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> args = Arrays.stream(words).map(String::valueOf).toList();
    int code = Main.run(Checked.words(args), stream(out), stream(err));
    Checked.foundNothing();
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** Checks that all went well. */
  public Outcome succeeded() {
    assertThat(code).as(err).isZero();
    assertThat(err).doesNotContain("pmf:");
    return this;
  }

  /** Checks for exit code 2 and one line of error that says all this. */
  public void wasRefused(Object... told) {
    ended(2, told);
  }

  /** Checks for exit code 1 and one line of error that says all this. */
  void failed(Object... told) {
    ended(1, told);
  }

  private void ended(int expected, Object... told) {
    List<String> errors = err.lines().filter(line -> line.startsWith("pmf: ")).toList();
    assertThat(errors).as(err).hasSize(1);
    assertThat(errors.get(0))
        .contains(Arrays.stream(told).map(String::valueOf).toList())
        .doesNotContain("Exception", "this is a bug");
    assertThat(err).doesNotContain("\tat ");
    assertThat(code).as(err).isEqualTo(expected);
  }
}
