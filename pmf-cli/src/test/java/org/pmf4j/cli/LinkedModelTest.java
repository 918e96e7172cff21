package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A model behind a symbolic link finds its encoders")
class LinkedModelTest {
  @TempDir private Path folder;

  private Path release;

  /** A release is a folder of encoders and a model, which names them from where it is. */
  @BeforeEach
  void train() throws IOException {
    release = Files.createDirectories(folder.resolve("releases/1"));
    FixtureSamples.copy(FixtureSamples.IMAGE_ENCODER, release.resolve("encoders/image"));
    FixtureSamples.copy(FixtureSamples.TEXT_ENCODER, release.resolve("encoders/text"));
    Outcome.of(
            "train",
            "--data",
            FixtureSamples.TABLE,
            "--encoder",
            "image=" + release.resolve("encoders/image"),
            "--encoder",
            "text=" + release.resolve("encoders/text"),
            "--out",
            release.resolve("model"),
            "--epochs",
            1,
            "--no-cache")
        .succeeded();
  }

  private static String predicted(Path model) {
    return Outcome.of(
            "predict", "--model", model, "--image", FixtureSamples.IMAGE, "--text", "a circle")
        .succeeded()
        .out();
  }

  @Test
  @DisplayName("where the link leads to the release, to the model, or to another link")
  void links() throws IOException {
    String expected = predicted(release.resolve("model"));
    Path current = Files.createSymbolicLink(folder.resolve("current"), Path.of("releases/1"));
    Path far = Files.createDirectories(folder.resolve("far/away"));
    Path model = Files.createSymbolicLink(far.resolve("model"), release.resolve("model"));
    Path second = Files.createSymbolicLink(folder.resolve("second"), model);
    assertThat(predicted(current.resolve("model"))).isEqualTo(expected);
    assertThat(predicted(model)).isEqualTo(expected);
    assertThat(predicted(second)).isEqualTo(expected);
  }

  @Test
  @DisplayName("after the release was moved, and the link set to where it is now")
  void moved() throws IOException {
    String expected = predicted(release.resolve("model"));
    Path other = Files.createDirectories(folder.resolve("elsewhere/below")).resolve("2");
    Files.move(release, other);
    Path current = Files.createSymbolicLink(folder.resolve("current"), other);
    assertThat(predicted(current.resolve("model"))).isEqualTo(expected);
    Path model = Files.createSymbolicLink(folder.resolve("model"), current.resolve("model"));
    assertThat(predicted(model)).isEqualTo(expected);
  }

  @Test
  @DisplayName("where it was trained behind a link that leads elsewhere by now")
  void trainedBehindALink() throws IOException {
    Path current = Files.createSymbolicLink(folder.resolve("current"), release);
    Object[] words = {
      "train", "--data", FixtureSamples.TABLE, "--out", current.resolve("second"), "--epochs", 1
    };
    Outcome.of(
            FixtureSamples.with(
                words,
                "--encoder",
                "image=" + current.resolve("encoders/image"),
                "--encoder",
                "text=" + current.resolve("encoders/text"),
                "--no-cache"))
        .succeeded();
    String expected = predicted(release.resolve("second"));
    Files.delete(current);
    Path other = Files.move(release, folder.resolve("releases/2"));
    assertThat(predicted(other.resolve("second"))).isEqualTo(expected);
  }
}
