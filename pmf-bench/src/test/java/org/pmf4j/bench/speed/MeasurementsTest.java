package org.pmf4j.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.progress.Progress;

class MeasurementsTest {
  private static final Map<String, String> SETTINGS = Map.of("width", "32");

  @TempDir private Path folder;

  private Path file;
  private final List<String> ran = new ArrayList<>();

  @BeforeEach
  void name() {
    file = folder.resolve("notebook.json");
  }

  private void rounds(int count, String failing) {
    Map<String, Rounds.Timed> work = new LinkedHashMap<>();
    for (String name : List.of("a", "b")) {
      work.put(
          name,
          () -> {
            ran.add(name);
            if (name.equals(failing) && ran.size() > 6) {
              throw new IllegalStateException("killed");
            }
            return ran.size();
          });
    }
    Rounds.run("rounds", work, count, Measurements.open(file, SETTINGS), Progress.SILENT);
  }

  @Test
  void whatTakesTurnsIsWarmedUpFirst() {
    rounds(2, "");
    assertThat(ran).containsExactly("a", "b", "a", "b", "a", "b");
    assertThat(Measurements.open(file, SETTINGS).series("a")).containsExactly(3.0, 5.0);
  }

  @Test
  void roundsThatWereMeasuredAreNotRepeated() {
    rounds(2, "");
    ran.clear();
    rounds(3, "");
    assertThat(ran).as("warm-up and one round").containsExactly("a", "b", "a", "b");
    assertThat(Measurements.open(file, SETTINGS).series("a")).hasSize(3).startsWith(3.0, 5.0);
    ran.clear();
    rounds(3, "");
    assertThat(ran).isEmpty();
  }

  @Test
  void anInterruptedRoundCountsForNone() {
    assertThatThrownBy(() -> rounds(9, "b")).hasMessage("killed");
    Measurements left = Measurements.open(file, SETTINGS);
    assertThat(left.rounds("a")).isEqualTo(2);
    assertThat(left.rounds("b")).isEqualTo(2);
  }

  @Test
  void aFigureIsMeasuredOnce() {
    Measurements.open(file, SETTINGS).measureOnce("memory", () -> Map.of("memory/peak", 5.0));
    Measurements again = Measurements.open(file, SETTINGS);
    again.measureOnce(
        "memory",
        () -> {
          throw new IllegalStateException("measured again");
        });
    assertThat(again.value("memory/peak")).contains(5.0);
  }

  @Test
  void otherSettingsAreRefused() {
    rounds(1, "");
    assertThatThrownBy(() -> Measurements.open(file, Map.of("width", "64")))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("notebook.json was measured with width 32, and not 64");
  }

  @Test
  void aFileOfSomethingElseIsRefused() throws IOException {
    Files.writeString(file, "{\"settings\": 3}");
    assertThatThrownBy(() -> Measurements.open(file, SETTINGS))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("notebook.json");
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> Measurements.open(file, SETTINGS))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("holds no measurements");
  }

  @Test
  void ratiosAreTakenRoundByRound() {
    Measurements notebook = Measurements.open(file, SETTINGS);
    notebook.addRound(Map.of("slow", 10.0, "fast", 2.0));
    notebook.addRound(Map.of("slow", 90.0, "fast", 10.0));
    assertThat(notebook.ratio("slow", "fast").orElseThrow().median()).isEqualTo(7);
    assertThat(notebook.ratio("slow", "absent")).isEmpty();
  }
}
