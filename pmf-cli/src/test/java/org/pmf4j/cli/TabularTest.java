package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Columns of numbers and categories")
class TabularTest {
  private static final long SEED = 3;
  private static final String COLUMNS = "tabular=age, \"home, town\",since";

  @TempDir private Path folder;
  private Path table;

  /** The label is told by a number and a word together: each alone is of no use. */
  @BeforeEach
  void write() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    StringBuilder csv = new StringBuilder("age,\"home, town\",since,text,label\n");
    for (int i = 0; i < 96; i++) {
      int age = 20 + random.nextInt(40);
      boolean red = random.nextBoolean();
      csv.append(random.nextInt(10) == 0 ? "" : String.valueOf(age))
          .append(random.nextBoolean() ? ",Bonn," : ",Oslo,")
          .append("2025-0")
          .append(1 + random.nextInt(9))
          .append("-03,")
          .append(red ? "a red shape" : "a blue shape")
          .append(age > 40 ^ red ? ",yes\n" : ",no\n");
    }
    table = folder.resolve("people.csv");
    Files.writeString(table, csv);
  }

  private Object[] pretrain(Path out, Object... more) {
    return FixtureSamples.with(
        new Object[] {
          "pretrain",
          "--modality",
          "tabular",
          "--data",
          table,
          "--column",
          COLUMNS,
          "--out",
          out,
          "--width",
          16,
          "--depth",
          2,
          "--heads",
          2,
          "--epochs",
          2,
          "--batch-size",
          16
        },
        more);
  }

  private Object[] train(Path tabular, Path model, Object... more) {
    return FixtureSamples.with(
        new Object[] {
          "train",
          "--data",
          table,
          "--validation",
          table,
          "--encoder",
          "tabular=" + tabular,
          "--encoder",
          "text=" + FixtureSamples.TEXT_ENCODER,
          "--fusion-layers",
          1,
          "--epochs",
          2,
          "--no-cache",
          "--out",
          model
        },
        more);
  }

  @Test
  @DisplayName("become an encoder, with labels or without, that is fused with a text's")
  void fromTableToPrediction() throws IOException {
    Path labelled = folder.resolve("labelled");
    Path guessing = folder.resolve("guessing");
    Path model = folder.resolve("model");
    Path out = folder.resolve("out.csv");
    Outcome.of(pretrain(labelled, "--goal", "single-label", "--validation", table)).succeeded();
    assertThat(Outcome.of(pretrain(guessing, "--validation", table)).succeeded().out())
        .contains("validation accuracy");
    assertThat(Files.readString(guessing.resolve("preprocessor_config.json")))
        .contains("\"age\"", "\"home, town\"", "\"Bonn\"", "\"date\"");

    Outcome.of(train(guessing, model, "--column", COLUMNS)).succeeded();
    Outcome.of("predict", "--model", model, "--data", table, "--out", out).succeeded();
    assertThat(Files.readAllLines(out)).hasSize(97);
    assertThat(
            Outcome.of(
                    "predict",
                    "--model",
                    model,
                    "--tabular",
                    "{\"age\": 33, \"home, town\": \"Bonn\"}",
                    "--text",
                    "a red shape")
                .succeeded()
                .out())
        .containsAnyOf("yes", "no");
  }

  @Test
  @DisplayName("are named with their place where they do not fit")
  void refused() throws IOException {
    Path encoder = folder.resolve("encoder");
    Outcome.of(pretrain(encoder)).succeeded();
    Outcome.of(train(encoder, folder.resolve("m"), "--column", "tabular=age"))
        .wasRefused(
            "people.csv row ", ", column age: the encoder reads the column 'home, town' too");
    Outcome.of(
            train(encoder, folder.resolve("m"), "--column", COLUMNS, "--column", "text=text,age"))
        .wasRefused("reads one column");
    List<String> rows =
        List.of("age,\"home, town\",since,text,label", "old,Bonn,,x,yes", "3,Bonn,,x,no", "");
    Files.writeString(table, String.join("\n", rows));
    Outcome.of(train(encoder, folder.resolve("m"), "--column", COLUMNS))
        .wasRefused("people.csv row 1 (line 2)", "'old' is no number");
  }
}
