package org.pmf4j.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.data.DetectedTask;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener;

@DisplayName("What a run leaves open")
class RunDecisionsTest {
  @TempDir private Path folder;

  private static TrainConfigBuilder config() {
    return TrainConfig.builder().data(Path.of("t.csv")).out(Path.of("out"));
  }

  private static RunDecisions decided(TrainConfigBuilder config, int rows, boolean validated) {
    return RunDecisions.of(
        config.build(),
        List.of(),
        Optional.of(new DetectedTask("regression", "seen")),
        rows,
        validated);
  }

  @ParameterizedTest(name = "{0} rows: {1} epochs")
  @CsvSource({"1,40", "100,40", "320,40", "700,19", "1000,13", "1280,10", "1000000,10"})
  void epochsByRows(int rows, int epochs) {
    assertThat(decided(config(), rows, true).config().training().epochs()).isEqualTo(epochs);
  }

  @Test
  @DisplayName("counts steps, of which larger batches make fewer")
  void batches() {
    TrainSettings large = TrainSettings.DEFAULT.with("batch-size", 8).with("accumulation", 4);
    TrainConfigBuilder config = config().training(large, RunDecisions.DECIDABLE);
    assertThat(decided(config, 700, true).config().training().epochs()).isEqualTo(19);
  }

  @Test
  @DisplayName("is decided by the rows, each with its reason, in the order of its use")
  void decides() {
    RunDecisions made = decided(config(), 700, true);
    assertThat(made.all())
        .containsExactly(
            new TrainingListener.Decision("task", "regression", "seen"),
            new TrainingListener.Decision("metric", "mae", "the usual one of such a task"),
            new TrainingListener.Decision("epochs", "19", "700 rows are 22 steps an epoch"),
            new TrainingListener.Decision(
                "patience", "5", "epochs without a better mae end the run"));
    assertThat(made.config().task()).isEqualTo("regression");
    assertThat(made.config().training().patience()).isEqualTo(5);
  }

  @Test
  @DisplayName("is never ended early where nothing is validated")
  void notValidated() {
    RunDecisions made = decided(config(), 700, false);
    assertThat(made.config().training().patience()).isZero();
    assertThat(made.all()).extracting("setting").containsExactly("task", "epochs");
  }

  @Test
  @DisplayName("is nothing where all is given")
  void nothingOpen() {
    TrainConfigBuilder config = config().task("multi-label").training(TrainSettings.DEFAULT);
    RunDecisions made = RunDecisions.of(config.build(), List.of(), Optional.empty(), 5, true);
    assertThat(made.all()).isEmpty();
    assertThat(made.config().task()).isEqualTo("multi-label");
    assertThat(made.config().training()).isEqualTo(TrainSettings.DEFAULT);
  }

  @Test
  @DisplayName("is told before training, and stays what it was where the run is gone on with")
  void goesOn() {
    List<TrainingListener.Decision> heard = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void decided(List<Decision> all) {
            heard.addAll(all);
          }

          @Override
          public void epochEnded(Epoch epoch) {
            assertThat(heard).isNotEmpty();
          }
        };
    try (Pmf pmf = Pmf.open(TinyEncoders.BACKEND, BackendOptions.DEFAULT)) {
      AdapterConfig first = pmf.train(tiny(2), Progress.SILENT, listener).config();
      assertThat(heard).extracting("setting").containsExactly("task", "metric", "patience");
      assertThat(first.task()).isEqualTo("single-label");
      assertThat(first.training()).containsEntry("patience", 5).containsEntry("epochs", 2);
      AdapterConfig on = pmf.train(tiny(3), Progress.SILENT, TrainingListener.NONE).config();
      assertThat(on.training()).containsEntry("patience", 5).containsEntry("epochs", 3);
    }
  }

  private TrainConfig tiny(int epochs) {
    TrainConfigBuilder b =
        TrainConfig.builder()
            .data(TinyEncoders.table())
            .validation(TinyEncoders.table())
            .out(folder.resolve("model"))
            .cache(CacheConfig.NONE)
            .existing(epochs == 2 ? TrainConfig.Existing.REFUSE : TrainConfig.Existing.RESUME)
            .training(
                TrainSettings.DEFAULT.with("epochs", epochs).with("batch-size", 4),
                Set.of(TrainSettings.PATIENCE, TrainSettings.METRIC));
    TinyEncoders.directories().forEach(b::encoder);
    return b.build();
  }
}
