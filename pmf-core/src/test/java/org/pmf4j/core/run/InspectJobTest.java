package org.pmf4j.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.core.training.TrainSettings;

@DisplayName("An inspection")
class InspectJobTest {
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

  private TrainConfigBuilder config() {
    TrainConfigBuilder b =
        TrainConfig.builder()
            .data(TinyEncoders.table())
            .out(folder.resolve("model"))
            .cache(CacheConfig.NONE)
            .training(TrainSettings.DEFAULT.with("epochs", 1));
    TinyEncoders.directories().forEach(b::encoder);
    return b;
  }

  @Test
  @DisplayName("tells of data and encoders what training saves of them")
  void agreesWithTraining() {
    InspectJob.Inspection found = pmf.inspect(config().build());
    AdapterConfig trained = pmf.train(config().build()).config();

    assertThat(found.training()).isEqualTo(new InspectJob.Rows(16, Map.of()));
    assertThat(found.validation()).isEmpty();
    assertThat(found.labels()).isEqualTo(trained.labels());
    assertThat(found.encoders().values())
        .extracting(InspectJob.EncoderSummary::sha256)
        .isEqualTo(trained.encoders().stream().map(AdapterConfig.Base::sha256).toList());
    long frozen =
        found.encoders().values().stream().mapToLong(InspectJob.EncoderSummary::parameters).sum();
    assertThat(frozen).isEqualTo(trained.totalParameters() - trained.trainableParameters());
    TinyEncoders.directories()
        .forEach(
            (name, directory) -> {
              InspectJob.EncoderSummary summary = found.encoders().get(name);
              assertThat(pmf.shape(directory).width()).isEqualTo(summary.width());
              assertThat(pmf.shape(directory).depth()).isEqualTo(summary.depth());
            });
  }

  @Test
  @DisplayName("serves any method: it asks neither for two encoders nor for settings that fit")
  void asksNoMethod() {
    TrainConfig one =
        TrainConfig.builder()
            .data(TinyEncoders.table())
            .out(folder.resolve("model"))
            .encoder("text", TinyEncoders.directories().get("text"))
            .build();
    assertThat(pmf.inspect(one).encoders()).containsOnlyKeys("text");
    assertThatThrownBy(() -> pmf.train(one)).hasMessageContaining("two");
  }

  @Test
  @DisplayName("counts the patterns of what rows have, and refuses a row that has nothing")
  void patterns() throws IOException {
    Path images = TinyEncoders.table().resolveSibling("images");
    String picture = images.resolve("00.png").toString();
    Path table = folder.resolve("some.csv");
    Files.writeString(table, "image,text,label\n" + picture + ",a,x\n,b,y\n,c,x\n");
    assertThat(pmf.inspect(config().data(table).build()).training())
        .isEqualTo(new InspectJob.Rows(3, Map.of("image+text", 1, "text", 2)));
    Files.writeString(table, "image,text,label\n" + picture + ",a,x\n,,y\n");
    assertThatThrownBy(() -> pmf.inspect(config().data(table).build()))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith(table + " row 2");
  }
}
