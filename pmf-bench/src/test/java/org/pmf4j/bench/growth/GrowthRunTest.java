package org.pmf4j.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.bench.json.JsonFile;

@DisplayName("A prediction of growth")
class GrowthRunTest {
  @TempDir private Path folder;

  private Path file(String name, MeasuredRun run) throws IOException {
    String lines = run.steps().stream().map(JsonFile::line).collect(Collectors.joining("\n"));
    return Files.writeString(folder.resolve(name), lines + "\n");
  }

  private static MeasuredRun run(int executors, int shards) {
    return Models.obeying(Models.typical(0), executors, 64, shards, 0.1, new Random(3));
  }

  @Test
  @DisplayName("is written as figures and as a page, with what it costs in exactness")
  void writes() throws IOException {
    List<Path> files = List.of(file("one.jsonl", run(1, 4)), file("two.jsonl", run(2, 8)));
    GrowthRun.Outcome outcome = new GrowthRun(files, 64, Models.LINK, folder).run(List.of("bench"));
    assertThat(Files.readString(outcome.result().html()))
        .contains("larger step, tree", "sums of floating-point numbers depend on their order");
    Growth read = JsonFile.read(outcome.result().json(), Growth.class);
    assertThat(read).isEqualTo(outcome.growth());
    assertThat(read.predictions())
        .filteredOn(p -> p.scenario() == Scenario.SAME_STEP)
        .extracting(Growth.Prediction::executors)
        .as("64 rows are not enough for 512 executors")
        .containsExactly(1, 2, 8, 64);
  }

  @Test
  @DisplayName("leaves out first epochs, and steps of which a task was lost")
  void leavesOut() throws IOException {
    MeasuredRun all = run(2, 4);
    MeasuredRun read = MeasuredRun.read(file("a.jsonl", all));
    assertThat(read.steps()).isEqualTo(all.steps().stream().filter(s -> s.epoch() > 1).toList());
    MeasuredStep s = all.steps().get(11);
    MeasuredStep lost =
        new MeasuredStep(12, 4, 64, Models.BYTES, 1, 2, s.beganMs(), 9, 1, s.tasks());
    assertThatThrownBy(() -> MeasuredRun.read(file("b.jsonl", new MeasuredRun("b", List.of(lost)))))
        .isInstanceOf(PmfException.class)
        .hasMessageEndingWith("train for more epochs");
  }

  @Test
  @DisplayName("tells in one line what is no file of steps")
  void badFiles() throws IOException {
    Path other = Files.writeString(folder.resolve("log.jsonl"), "{\"epoch\":1,\"loss\":0.5}\n");
    assertThatThrownBy(() -> MeasuredRun.read(other))
        .isInstanceOf(PmfException.class)
        .hasMessage(other + " line 1: is not a step: write the file by spark.pmf.steps");
    Path text = Files.writeString(folder.resolve("text"), "steps\n");
    assertThatThrownBy(() -> MeasuredRun.read(text))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith(text + " line 1");
    Path missing = folder.resolve("none");
    assertThatThrownBy(() -> MeasuredRun.read(missing))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining(missing.toString());
    assertThatThrownBy(() -> new GrowthRun(List.of(missing), 0, 1, folder))
        .isInstanceOf(PmfException.class);
  }
}
