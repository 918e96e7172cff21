package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Videos")
class VideoTest {
  @TempDir private Path folder;
  private Path table;
  private Path encoder;

  @BeforeEach
  void data() throws IOException {
    table = MovingSquares.table(folder);
    encoder = ExistingEncoder.named("videomae").encoder(folder);
  }

  private Object[] train(Path out, Object... more) {
    List<Object> words =
        List.of(
            "train",
            "--data",
            table,
            "--encoder",
            "video=" + encoder,
            "--encoder",
            "text=" + FixtureSamples.TEXT_ENCODER,
            "--out",
            out,
            "--epochs",
            2,
            "--batch-size",
            4,
            "--fusion-layers",
            1);
    return FixtureSamples.with(words.toArray(), more);
  }

  @ParameterizedTest(name = "are trained with texts, evaluated and predicted on {0}")
  @ValueSource(strings = {"checking-djl", "checking-tf"})
  void areFusedWithTexts(String backend) throws IOException {
    Path model = folder.resolve("model");
    Path cache = folder.resolve("cache");
    Outcome.of(train(model, "--validation", table, "--cache", cache, "--backend", backend))
        .succeeded();
    long kept = entries(cache);
    assertThat(kept).as("12 videos and a text").isEqualTo(13);

    Path again = folder.resolve("again");
    Outcome.of(train(again, "--validation", table, "--cache", cache, "--backend", backend))
        .succeeded();
    assertThat(again.resolve("adapter_model.safetensors"))
        .hasSameBinaryContentAs(model.resolve("adapter_model.safetensors"));

    Outcome.of("evaluate", "--model", model, "--data", table, "--backend", backend).succeeded();
    Path out = folder.resolve("predictions.csv");
    Outcome.of("predict", "--model", model, "--data", table, "--out", out, "--backend", backend)
        .succeeded();
    List<String> predicted = Files.readAllLines(out);
    assertThat(predicted).hasSize(13);
    for (String cell : List.of("clip0.gif", "clip1")) {
      Outcome one =
          Outcome.of(
                  "predict",
                  "--model",
                  model,
                  "--video",
                  folder.resolve(cell),
                  "--text",
                  "what moves here?",
                  "--backend",
                  backend)
              .succeeded();
      String label = one.out().strip().split("\\s")[0];
      assertThat(predicted).anyMatch(l -> l.startsWith(cell + ",") && l.contains("," + label));
    }
    Outcome.of("predict", "--model", model, "--text", "what?", "--backend", backend).succeeded();
  }

  @Test
  @DisplayName("of a folder are computed again when a frame has changed")
  void aChangedFrame() throws IOException {
    Path cache = folder.resolve("cache");
    Outcome.of(train(folder.resolve("a"), "--cache", cache)).succeeded();
    long before = entries(cache);
    Files.copy(folder.resolve("clip1/frame3.png"), folder.resolve("clip1/frame12.png"));
    Outcome.of(train(folder.resolve("b"), "--cache", cache)).succeeded();
    assertThat(entries(cache)).isEqualTo(before + 1);
  }

  @Test
  @DisplayName("make a small encoder from scratch, which can be fused")
  void pretraining() {
    Path small = folder.resolve("small");
    Object[] words = {
      "pretrain",
      "--modality",
      "video",
      "--data",
      table,
      "--out",
      small,
      "--width",
      16,
      "--depth",
      2,
      "--heads",
      2,
      "--image-size",
      16,
      "--patch-size",
      8,
      "--size",
      "frames=4",
      "--epochs",
      1,
      "--batch-size",
      4
    };
    Outcome.of(words).succeeded();
    Outcome.of(train(folder.resolve("model"), "--no-cache", "--encoder", "video=" + small))
        .succeeded();
  }

  @Test
  @DisplayName("that are none are told by row, before any work")
  void badCells() throws IOException {
    Files.write(folder.resolve("clip.mp4"), new byte[] {0, 0, 0, 8, 'f', 't', 'y', 'p', 0, 0});
    Files.createDirectory(folder.resolve("empty"));
    Files.writeString(folder.resolve("clip1/notes.txt"), "no picture");
    table =
        Files.write(
            folder.resolve("bad.csv"),
            List.of(
                "video,text,label",
                "clip0.gif,a,left",
                "clip.mp4,b,right",
                "empty,c,left",
                "clip1,d,right",
                "clip99,e,left"));
    Outcome.of(train(folder.resolve("model"), "--no-cache"))
        .wasRefused(
            "row 2",
            "clip.mp4: is a video (MP4 or QuickTime), which is not read",
            "ffmpeg",
            "row 3",
            "empty: is a folder without pictures",
            "row 4",
            "notes.txt: is not an image",
            "row 5",
            "clip99: there is no such file");
    assertThat(folder.resolve("model")).doesNotExist();
  }

  @Test
  @DisplayName("of a folder are not what an encoder of images takes")
  void anImageIsNoFolder() throws IOException {
    table =
        Files.write(
            folder.resolve("images.csv"), List.of("image,text,label", "clip1,a,left", "clip3,b,c"));
    Object[] words = {
      "train",
      "--data",
      table,
      "--encoder",
      "image=" + FixtureSamples.IMAGE_ENCODER,
      "--encoder",
      "text=" + FixtureSamples.TEXT_ENCODER,
      "--out",
      folder.resolve("model"),
      "--no-cache"
    };
    Outcome.of(words).wasRefused("clip1: it is a folder");
  }

  @Test
  @DisplayName("are never written into")
  void resultsGoElsewhere() {
    Path model = folder.resolve("model");
    Outcome.of(train(model, "--no-cache")).succeeded();
    Path out = folder.resolve("clip1/out.csv");
    Outcome.of("predict", "--model", model, "--data", table, "--out", out)
        .wasRefused(out, "is in the folder of what", "choose another place");
  }

  private static long entries(Path cache) throws IOException {
    try (Stream<Path> all = Files.walk(cache)) {
      return all.filter(f -> f.getFileName().toString().matches("[0-9a-f]{62}")).count();
    }
  }
}
