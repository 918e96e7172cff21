package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Of three modalities, any may be missing:")
class MissingTest {
  private static final Path DATA = FixtureSamples.ROOT.resolveSibling("missing");

  /** Two rows of each pattern of what is there, in mixed order. */
  private static final Path TABLE = DATA.resolve("image-text-audio.csv");

  private static final String SOUNDLESS = "image,text,label";

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static Path model;
  private static Outcome training;

  @BeforeAll
  static void train() {
    model = shared.resolve("model");
    training =
        Outcome.of(words(model, "--validation", TABLE, "--modality-dropout", 0.2)).succeeded();
  }

  private static Object[] words(Path out, Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", "--data", TABLE, "--out", out));
    words.addAll(List.of("--encoder", "image=" + FixtureSamples.IMAGE_ENCODER));
    words.addAll(List.of("--encoder", "text=" + FixtureSamples.TEXT_ENCODER));
    words.addAll(List.of("--encoder", "audio=" + DATA.resolve("ast")));
    words.addAll(List.of("--epochs", 2, "--batch-size", 5, "--no-cache"));
    return FixtureSamples.with(words.toArray(), more);
  }

  /** Of the table, such that they may stand in another folder. */
  private static List<String> lines() throws IOException {
    String root = DATA.getParent() + "/";
    return Files.readAllLines(TABLE).stream().map(line -> line.replace("../", root)).toList();
  }

  /** The table's rows, or some of their cells. */
  private Path table(String... rows) throws IOException {
    return FixtureSamples.table(folder, rows);
  }

  @Test
  @DisplayName("training tells what is there, and the card what was measured on which rows")
  void trains() {
    assertThat(training.out())
        .containsPattern("rows by what is there +image\\+text\\+audio 2\n +image\\+text 2\n");
    assertThat(model.resolve("README.md"))
        .content()
        .contains("# A fused model of image and text and audio")
        .contains("| training rows by what is there | image+text+audio 2, image+text 2, ")
        .contains("| modality-dropout | 0.2 |")
        .containsPattern("\\| there \\| rows \\| loss \\| accuracy \\|")
        .containsPattern("\\| text\\+audio \\| 2 \\| \\d");
  }

  @Test
  @DisplayName("evaluation measures each pattern of what is there, as a table and as JSON")
  void evaluates() throws IOException {
    Path metrics = folder.resolve("metrics.json");
    Outcome outcome =
        Outcome.of("evaluate", "--model", model, "--data", TABLE, "--out", metrics).succeeded();
    assertThat(outcome.out())
        .contains("14 rows\nof 14 rows, 6 lack image, 6 lack text, 6 lack audio\n")
        .containsPattern("there +rows +loss +accuracy")
        .containsPattern("\nimage\\+text\\+audio +2 +\\d")
        .containsPattern("\naudio +2 +\\d");
    JsonNode json = new ObjectMapper().readTree(metrics.toFile());
    assertThat(json.at("/patterns").fieldNames())
        .toIterable()
        .containsExactly(
            "image+text+audio",
            "image+text",
            "image+audio",
            "text+audio",
            "image",
            "text",
            "audio");
    assertThat(json.at("/missing").toString()).isEqualTo("{\"image\":6,\"text\":6,\"audio\":6}");
    double right = 0;
    for (JsonNode pattern : json.at("/patterns")) {
      assertThat(pattern.at("/rows").asInt()).isEqualTo(2);
      right += 2 * pattern.at("/metrics/accuracy").asDouble();
    }
    assertThat(right / 14).isEqualTo(json.at("/metrics/accuracy").asDouble());
  }

  @Test
  @DisplayName("evaluation of whole rows has no patterns")
  void evaluatesWholeRows() throws IOException {
    Path metrics = folder.resolve("metrics.json");
    List<String> lines = lines();
    Path whole = table(lines.get(0), lines.get(7), lines.get(14));
    Outcome outcome =
        Outcome.of("evaluate", "--model", model, "--data", whole, "--out", metrics).succeeded();
    assertThat(outcome.out()).contains("2 rows").doesNotContain("there", "lack");
    assertThat(new ObjectMapper().readTree(metrics.toFile()).has("patterns")).isFalse();
  }

  @Test
  @DisplayName("--without takes a modality as missing in all rows, as does a table without it")
  void without() throws IOException {
    List<String> lines = lines();
    String header = lines.get(0);
    Path all = table(header, lines.get(7), lines.get(14), lines.get(3));
    Path metrics = folder.resolve("a.json");
    Outcome outcome =
        Outcome.of(
                "evaluate", "--model", model, "--data", all, "--without", "audio", "--out", metrics)
            .succeeded();
    assertThat(outcome.out())
        .contains("of 3 rows, 3 lack audio\n")
        .containsPattern("\nimage\\+text +3 +\\d");

    Path soundless =
        table(SOUNDLESS, noAudio(lines.get(7)), noAudio(lines.get(14)), noAudio(lines.get(3)));
    Path same = folder.resolve("b.json");
    Outcome.of("evaluate", "--model", model, "--data", soundless, "--out", same)
        .wasRefused(soundless, "no column 'audio'", "image, text, label");
    Outcome.of(
            "evaluate", "--model", model, "--data", soundless, "--without", "audio", "--out", same)
        .succeeded();
    assertThat(same).hasSameTextualContentAs(metrics);
  }

  private static String noAudio(String line) {
    String[] cells = line.split(",");
    return cells[0] + "," + cells[1] + "," + cells[3];
  }

  @Test
  @DisplayName("--without is refused for what the model does not have, and for all it has")
  void withoutWhat() {
    Object[] evaluate = {"evaluate", "--model", model, "--data", TABLE};
    Outcome.of(FixtureSamples.with(evaluate, "--without", "smell"))
        .wasRefused("smell", "image, text, audio");
    Outcome.of(
            FixtureSamples.with(
                evaluate, "--without", "image", "--without", "text", "--without", "audio"))
        .wasRefused("nothing is left without image, text, audio");
    // Row 1 has an image alone.
    Outcome.of(FixtureSamples.with(evaluate, "--without", "image"))
        .wasRefused(TABLE, "row 1", "text, audio", "blank");
    Outcome.of("predict", "--model", model, "--image", FixtureSamples.IMAGE, "--without", "text")
        .wasRefused("--without", "--data");
  }

  @Test
  @DisplayName("prediction of a record is that of its row")
  void predicts() throws IOException {
    Path in = table("text,image,audio", "a line,,", "," + FixtureSamples.IMAGE + ",");
    Path out = folder.resolve("out.csv");
    Outcome all =
        Outcome.of("predict", "--model", model, "--data", in, "--out", out, "--logits").succeeded();
    assertThat(all.out()).contains("of 2 rows, 1 lacks image, 1 lacks text, 2 lack audio\n");
    List<String> lines = Files.readAllLines(out);
    assertThat(lines.get(0)).startsWith("text,image,audio,prediction,probability,logit:circle");
    String[] text = lines.get(1).split(",");
    String[] image = lines.get(2).split(",");
    assertThat(Outcome.of("predict", "--model", model, "--text", "a line", "--logits").out())
        .startsWith(text[3] + "\n")
        .contains(text[5], text[6], text[7]);
    assertThat(
            Outcome.of("predict", "--model", model, "--image", FixtureSamples.IMAGE, "--logits")
                .out())
        .startsWith(image[3] + "\n")
        .contains(image[5], image[6], image[7]);
  }

  @Test
  @DisplayName("JSON lines may lack a key, and a row with nothing is refused")
  void jsonLines() throws IOException {
    Path in = folder.resolve("in.jsonl");
    String some = "{\"text\":\"a\",\"audio\":null,\"image\":null}\n{\"text\":\"b\"}\n";
    Files.writeString(in, some);
    Path out = folder.resolve("out.csv");
    Outcome.of("predict", "--model", model, "--data", in, "--out", out).succeeded();
    Files.writeString(in, some + "{\"text\":\" \"}\n");
    Outcome.of("predict", "--model", model, "--data", in, "--out", out)
        .wasRefused(in, "line 3", "image, text, audio", "blank");
  }

  @Test
  @DisplayName("settings that do not go together are refused")
  void badSettings() {
    Path out = folder.resolve("model");
    Outcome.of(words(out, "--fusion-layers", 3)).wasRefused("fusion-layers is 3", "audio", "2");
    Outcome.of(words(out, "--modality-dropout", 1)).wasRefused("modality-dropout", "below 1");
    Outcome.of(words(out, "--set", "pairs=image>image")).wasRefused("pairs", "with itself");
    Outcome.of(words(out, "--set", "pairs=image>smell")).wasRefused("smell", "audio");
    Outcome.of(words(out, "--set", "pairs=image>text,audio>text,image>text"))
        .wasRefused("image>text twice");
  }

  @Test
  @DisplayName("a linear probe does without as well, and pairs are saved")
  void otherModels() {
    Path probe = folder.resolve("probe");
    Outcome.of(words(probe, "--method", "linear-probe", "--modality-dropout", 0.3)).succeeded();
    Outcome.of("predict", "--model", probe, "--text", "a line").succeeded();
    Path pairs = folder.resolve("pairs");
    Outcome.of(words(pairs, "--set", "pairs=image>text,audio>text", "--head", "joint")).succeeded();
    Outcome.of("predict", "--model", pairs, "--text", "a line").succeeded();
    assertThat(pairs.resolve("adapter_config.json"))
        .content()
        .contains("\"pairs\" : \"image>text,audio>text\"");
  }
}
