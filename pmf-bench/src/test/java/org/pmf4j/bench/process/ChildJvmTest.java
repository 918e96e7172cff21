package org.pmf4j.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.progress.Progress;

class ChildJvmTest {
  private final List<String> shown = new ArrayList<>();

  private final Progress progress =
      (what, total, unit) -> {
        shown.add("begin " + what + " " + total + " " + unit);
        return (units, note) -> shown.add(units + " " + note);
      };

  /** What to do: {@code answer}, {@code refuse}, {@code break} or {@code end}. */
  record Order(String what, List<Integer> numbers) {}

  /** The sum, and which process made it. */
  record Sum(int sum, long process) {}

  /** Adds up, in one way or another. */
  public static final class Adding implements ChildTask<Order, Sum> {
    /** Made by name. */
    public Adding() {}

    @Override
    public Sum run(Order order, Progress progress) {
      switch (order.what()) {
        case "refuse" -> throw PmfException.usage("numbers: there are\n too many");
        case "break" -> throw new IllegalStateException("a bug");
        case "end" -> {
          System.err.println("a native library says goodbye");
          Runtime.getRuntime().halt(134);
        }
        default -> {}
      }
      try (Progress.Bar bar = progress.begin("adding up", order.numbers().size(), "numbers")) {
        order.numbers().forEach(n -> bar.advance(1, "now " + n));
      }
      int sum = order.numbers().stream().mapToInt(n -> n).sum();
      return new Sum(sum, ProcessHandle.current().pid());
    }
  }

  private Sum run(String what) {
    return new ChildJvm("64m")
        .run("sum", Adding.class, new Order(what, List.of(1, 2, 3)), Sum.class, progress);
  }

  @Test
  void aTaskRunsInAnotherProcessAndItsProgressIsShownHere() {
    Sum sum = run("answer");
    assertThat(sum.sum()).isEqualTo(6);
    assertThat(sum.process()).isNotEqualTo(ProcessHandle.current().pid());
    assertThat(shown).containsExactly("begin adding up 3 numbers", "1 now 1", "1 now 2", "1 now 3");
  }

  @Test
  void aFailureKeepsItsKindAndIsOneLine() {
    assertThatThrownBy(() -> run("refuse"))
        .isInstanceOfSatisfying(
            PmfException.class,
            e -> {
              assertThat(e).hasMessage("sum: numbers: there are\\n too many");
              assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
            });
  }

  @Test
  void aBugInATaskIsTold() {
    assertThatThrownBy(() -> run("break"))
        .isInstanceOf(PmfException.class)
        .hasMessage("sum: this is a bug: a bug");
  }

  @Test
  void aSuddenEndIsToldWithTheLastLineThatWasWritten() {
    assertThatThrownBy(() -> run("end"))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            "sum: its process was killed by signal 6; its last line: a native library says"
                + " goodbye");
  }

  @Test
  void peakMemoryRisesWithWhatIsTouched() {
    assumeThat(Files.isReadable(Path.of("/proc/self/status"))).isTrue();
    int megabytes = 64;
    OptionalLong above =
        ProcessMemory.peakAbove(
            () -> {
              byte[] touched = new byte[megabytes << 20];
              for (int i = 0; i < touched.length; i += 1024) {
                touched[i] = 1;
              }
              assertThat(touched[1024]).isEqualTo((byte) 1);
            });
    // The heap may have had room that was resident already
    assertThat(above.orElseThrow()).isBetween(0L, 4L * megabytes << 20);
    assertThat(ProcessMemory.peak().orElseThrow())
        .isGreaterThanOrEqualTo(ProcessMemory.resident().orElseThrow() / 2);
  }
}
