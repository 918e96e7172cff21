package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Training ends with linear probes")
class ProbesTest {
  private static final long SEED = 11;

  @TempDir private Path folder;

  /** Dark or light pictures, one of two words, and what follows from both. */
  private Path table(String name, int rows, BiFunction<Boolean, Boolean, Boolean> label)
      throws IOException {
    SplittableRandom random = new SplittableRandom(SEED + rows);
    List<String> lines = new ArrayList<>(List.of("image,text,label"));
    for (int r = 0; r < rows; r++) {
      boolean light = random.nextBoolean();
      boolean red = random.nextBoolean();
      String picture = name + "-" + r + ".png";
      ImageIO.write(picture(light, random), "png", folder.resolve(picture).toFile());
      lines.add(
          String.join(
              ",",
              picture,
              red ? "a red circle" : "the blue square",
              label.apply(light, red) ? "yes" : "no"));
    }
    return Files.write(folder.resolve(name + ".csv"), lines);
  }

  private static BufferedImage picture(boolean light, SplittableRandom random) {
    BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      int grey = (light ? 200 : 10) + random.nextInt(40);
      picture.setRGB(i % 16, i / 16, grey << 16 | grey << 8 | grey);
    }
    return picture;
  }

  private Object[] train(
      String backend, BiFunction<Boolean, Boolean, Boolean> label, Object... more)
      throws IOException {
    return FixtureSamples.with(
        FixtureSamples.train(
            folder.resolve("model"),
            "--data",
            table("train", 96, label),
            "--validation",
            table("validation", 80, label),
            "--backend",
            backend,
            "--head",
            "joint",
            "--epochs",
            12,
            "--learning-rate",
            "0.02"),
        more);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("model/probes.json").toFile());
  }

  @ParameterizedTest(name = "that say fusion is no better where the text tells all, on {0}")
  @ValueSource(strings = {"djl", "tf"})
  void textAlone(String backend) throws IOException {
    Outcome o = Outcome.of(train(backend, (light, red) -> red)).succeeded();
    assertThat(o.out())
        .contains("fusion minus it", "text alone", "image and text in one linear layer")
        .contains("fusion is no better than text alone")
        .contains("on these 80 rows");
    assertThat(json().get("verdict").asText()).isEqualTo("no_better");
    assertThat(json().get("probes").get(1).get("value").asDouble()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("model/README.md")))
        .contains("Is fusion worth it?", "| text alone | 1.0000 |");
  }

  @ParameterizedTest(name = "that say fusion is better where both must be compared, on {0}")
  @ValueSource(strings = {"djl", "tf"})
  void both(String backend) throws IOException {
    Object[] words =
        train(backend, (light, red) -> light ^ red, "--epochs", 30, "--set", "head-penalty=0");
    Outcome o = Outcome.of(words).succeeded();
    assertThat(o.out())
        .contains("fusion is better than each modality alone and than all in one linear layer");
    assertThat(json().get("verdict").asText()).isEqualTo("better");
    assertThat(json().get("fusion").get("low").asDouble()).isGreaterThan(0.8);
  }

  @Test
  @DisplayName("that change nothing of the model, and are left out on demand")
  void leftOut() throws IOException {
    Outcome with = Outcome.of(train("djl", (light, red) -> red)).succeeded();
    assertThat(with.out()).contains("fusion is no better than text alone");
    byte[] adapter = Files.readAllBytes(folder.resolve("model/adapter_model.safetensors"));
    byte[] config = Files.readAllBytes(folder.resolve("model/adapter_config.json"));
    Outcome without =
        Outcome.of(train("djl", (light, red) -> red, "--overwrite", "--no-probes")).succeeded();
    assertThat(without.out()).doesNotContain("alone");
    assertThat(folder.resolve("model/probes.json")).doesNotExist();
    assertThat(folder.resolve("model/adapter_model.safetensors")).hasBinaryContent(adapter);
    assertThat(folder.resolve("model/adapter_config.json")).hasBinaryContent(config);
    Outcome again = Outcome.of(train("djl", (light, red) -> red, "--resume")).succeeded();
    assertThat(again.out()).contains("fusion is no better than text alone");
    assertThat(folder.resolve("model/adapter_model.safetensors")).hasBinaryContent(adapter);
  }

  @Test
  @DisplayName("that take rows which lack a modality, and other tasks and metrics")
  void otherTasks() throws IOException {
    Path table = folder.resolve("numbers.csv");
    Path given = table("train", 40, (light, red) -> red);
    List<String> lines = new ArrayList<>();
    int row = 0;
    for (String line : Files.readAllLines(given)) {
      row++;
      String number = line.replace(",yes", ",2.5").replace(",no", ",-1");
      lines.add(row % 7 == 3 ? number.substring(number.indexOf(',')) : number);
    }
    Files.write(table, lines);
    Object[] words =
        train(
            "djl",
            (light, red) -> red,
            "--data",
            table,
            "--validation",
            table,
            "--task",
            "regression",
            "--epochs",
            2);
    Outcome o = Outcome.of(words).succeeded();
    assertThat(o.out()).contains("fusion is worse than text alone", " 95 % interval");
    assertThat(json().get("metric").asText()).isEqualTo("mae");
    assertThat(json().get("probes").get(1).get("value").asDouble()).isLessThan(0.2);
  }

  @Test
  @DisplayName("unless the encoders are trained, or nothing was held out")
  void notProbed() {
    Path model = folder.resolve("model");
    Object[] tuned =
        FixtureSamples.train(
            model, "--validation", FixtureSamples.TABLE, "--method", "late-concat", "--epochs", 1);
    assertThat(Outcome.of(tuned).succeeded().out()).doesNotContain("alone");
    Object[] withoutValidation = FixtureSamples.train(model, "--overwrite");
    assertThat(Outcome.of(withoutValidation).succeeded().out()).doesNotContain("alone");
  }
}
