package org.pmf4j.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener;

@DisplayName("A precision that is left open")
class PrecisionOfRunTest {
  private static Pmf pmf;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    pmf = Pmf.open(TinyEncoders.BACKEND, BackendOptions.DEFAULT);
  }

  @AfterAll
  static void close() {
    pmf.close();
  }

  private TrainConfigBuilder config(String out) {
    TrainConfigBuilder b =
        TrainConfig.builder()
            .data(TinyEncoders.table())
            .out(folder.resolve(out))
            .cache(CacheConfig.NONE)
            .training(TrainSettings.DEFAULT.with("epochs", 2).with("batch-size", 8));
    TinyEncoders.directories().forEach(b::encoder);
    return b;
  }

  private void stopped(TrainConfig config) {
    TrainingListener stopping =
        epoch -> {
          throw new IllegalStateException("stopped on purpose");
        };
    assertThatThrownBy(() -> pmf.train(config, Progress.SILENT, stopping))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  @DisplayName("is single, whatever the device is fast at")
  void single() {
    assertThat(config("new").build().settled().precision()).isEqualTo(MatrixPrecision.FLOAT32);
    TrainReport report = pmf.train(config("new").build());
    assertThat(report.config().precision()).isEqualTo("float32");
  }

  @Test
  @DisplayName("is that of the run that is gone on with, and another one is refused")
  void resumed() {
    TrainSettings often =
        TrainSettings.DEFAULT.with("epochs", 2).with("batch-size", 8).with("checkpoint-steps", 1);
    stopped(config("run").training(often).precision(MatrixPrecision.BFLOAT16).build());
    TrainConfigBuilder again = config("run").training(often).existing(TrainConfig.Existing.RESUME);
    assertThatThrownBy(() -> pmf.train(again.precision(MatrixPrecision.FLOAT32).build()))
        .hasMessageContaining("cannot resume: precision was bfloat16 and is now float32");
    TrainReport report = pmf.train(again.precision(null).build());
    assertThat(report.config().precision()).isEqualTo("bfloat16");
  }

  @Test
  @DisplayName("is that of the model that training begins with")
  void begun() {
    pmf.train(config("first").precision(MatrixPrecision.BFLOAT16).build());
    TrainConfigBuilder second = config("second").init(folder.resolve("first"));
    assertThat(second.build().settled().precision()).isEqualTo(MatrixPrecision.BFLOAT16);
    assertThat(second.precision(MatrixPrecision.FLOAT32).build().settled().precision())
        .isEqualTo(MatrixPrecision.FLOAT32);
  }
}
