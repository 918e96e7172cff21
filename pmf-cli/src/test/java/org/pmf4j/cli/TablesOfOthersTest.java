package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@DisplayName("Tables as other tools write them")
class TablesOfOthersTest {
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static Path model;

  @BeforeAll
  static void train() {
    model = shared.resolve("model");
    Outcome.of(FixtureSamples.train(model)).succeeded();
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private List<String> predicted(Path in) throws IOException {
    Path out = folder.resolve("out.csv");
    Outcome.of("predict", "--model", model, "--data", in, "--out", out).succeeded();
    return Files.readAllLines(out);
  }

  @Test
  @DisplayName(
      "give the same predictions: an index column, a JSON list, objects with path or bytes")
  void same() throws IOException {
    Files.copy(FixtureSamples.IMAGE, folder.resolve("0.png"));
    String base64 = Base64.getEncoder().encodeToString(Files.readAllBytes(FixtureSamples.IMAGE));
    List<String> plain = predicted(file("a.csv", "image,text\n0.png,a line\n"));
    String prediction = plain.get(1).substring("0.png,a line".length());
    assertThat(predicted(file("b.csv", ",image,text\n7,0.png,a line\n")))
        .containsExactly("\"\",image,text,prediction,probability", "7,0.png,a line" + prediction);
    for (String image :
        List.of(
            "\"0.png\"",
            "{\"bytes\": null, \"path\": \"0.png\"}",
            "{\"bytes\": \"" + base64 + "\", \"path\": \"gone.png\"}")) {
      String line =
          String.format(
              Locale.ROOT, "{\"image\": %s, \"text\": \"a line\", \"label\": \"circle\"}", image);
      assertThat(predicted(file("c.jsonl", line)).get(1)).endsWith(",a line,circle" + prediction);
      assertThat(predicted(file("d.json", "[" + line + "]")).get(1))
          .endsWith(",a line,circle" + prediction);
    }
  }

  @Test
  @DisplayName("train, with several labels a row or none, and a bar within a label")
  void labels() throws IOException {
    Path table =
        file(
            "t.jsonl",
            """
            {"image": {"bytes": null, "path": "%1$s"}, "text": "a", "label": ["x|y", "z"]}
            {"image": null, "text": "b", "label": []}
            {"image": {"path": "%1$s"}, "text": "c", "label": ["z"]}
            """
                .replace("%1$s", FixtureSamples.IMAGE.toString()));
    Path out = folder.resolve("several");
    Outcome.of(
            FixtureSamples.train(
                out, "--data", table, "--task", "multi-label", "--validation", table))
        .succeeded();
    assertThat(out.resolve("adapter_config.json"))
        .content()
        .contains("\"labels\" : [ \"x|y\", \"z\" ]");
    Path predictions = folder.resolve("out.csv");
    Outcome told =
        Outcome.of("predict", "--model", out, "--data", table, "--out", predictions).succeeded();
    assertThat(told.out()).contains("3 predictions", "of 3 rows, 1 lacks image\n");
    assertThat(Files.readAllLines(predictions).get(2)).matches("\"\",b,\\[],\"?\\[.*\\]\"?,.*");
    Outcome.of(
            FixtureSamples.train(folder.resolve("one"), "--task", "single-label", "--data", table))
        .wasRefused(
            table,
            "row 1 (line 1), column label: a list of 2",
            "row 2 (line 2), column label: an empty list");
  }

  @Test
  @DisplayName("whose cells are not understood are refused, in prediction too")
  void notUnderstood() throws IOException {
    Path table =
        file(
            "t.jsonl",
            """
            {"image": {"src": "https://x"}, "text": "a", "label": "x"}
            {"image": [], "text": "a", "label": "y"}
            """);
    Object[] told = {
      table, "row 1 (line 1), column image: an object with src", "row 2 (line 2), column image"
    };
    Outcome.of(FixtureSamples.train(folder.resolve("model"), "--data", table)).wasRefused(told);
    Outcome.of("predict", "--model", model, "--data", table, "--out", folder.resolve("out.csv"))
        .wasRefused(told);
    Outcome.of("evaluate", "--model", model, "--data", table).wasRefused(told);
  }

  @Test
  @DisplayName("in which a modality is blank in every row train nothing")
  void blankColumn() throws IOException {
    Path table = file("t.csv", "image,text,label\n,a,x\n,b,y\n");
    Outcome.of(FixtureSamples.train(folder.resolve("model"), "--data", table))
        .wasRefused(table, "column image: blank in every row");
  }

  @Test
  @DisplayName("whose labels look the same and are not are warned of")
  void lookAlikes() throws IOException {
    Logger logger = (Logger) LoggerFactory.getLogger("org.pmf4j.core.data.LookAlikes");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      Path table =
          file(
              "t.csv",
              "image,text,label\n,a,caf\u00E9\n,b,cafe\u0301\n"
                  + FixtureSamples.IMAGE
                  + ",c,1\n,d,1.0\n,e,two  words\n,f,two words\n");
      Outcome.of(FixtureSamples.train(folder.resolve("model"), "--data", table)).succeeded();
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .hasSize(3)
        .anyMatch(m -> m.contains("'1' and '1.0' look the same"))
        .anyMatch(m -> m.contains("0065 0301") && m.contains("00E9"));
  }

  /** Encoders without weights: whatever needed them would fail by their name. */
  private Object[] withoutWeights(Object... more) throws IOException {
    Path image = FixtureSamples.copy(FixtureSamples.IMAGE_ENCODER, folder.resolve("image-encoder"));
    Path text = FixtureSamples.copy(FixtureSamples.TEXT_ENCODER, folder.resolve("text-encoder"));
    Files.delete(image.resolve("model.safetensors"));
    Files.delete(text.resolve("model.safetensors"));
    Object[] words = FixtureSamples.train(folder.resolve("out"), more);
    return FixtureSamples.with(words, "--encoder", "image=" + image, "--encoder", "text=" + text);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"--data", "--validation"})
  @DisplayName("are checked to the last row before any weight is read:")
  void lastRow(String option) throws IOException {
    StringBuilder rows = new StringBuilder("image,text,label\n");
    for (int i = 0; i < 23; i++) {
      rows.append(FixtureSamples.IMAGE).append(i % 2 == 0 ? ",a,circle\n" : ",b,square\n");
    }
    Path table = file("last.csv", rows + "none.png,a,circle\n" + "nan,a,circle\n");
    Outcome.of(withoutWeights(option, table))
        .wasRefused(
            table,
            "row 24 (line 25), column image: " + folder.resolve("none.png"),
            "there is no such file",
            "row 25 (line 26)",
            "leave the cell blank");
    assertThat(folder.resolve("out")).doesNotExist();
    if (option.equals("--data")) {
      Outcome.of("predict", "--model", model, "--data", table, "--out", folder.resolve("o.csv"))
          .wasRefused(table, "row 24 (line 25), column image", "row 25 (line 26)");
      Outcome.of(
              "encode",
              "--encoder",
              folder.resolve("image-encoder"),
              "--data",
              table,
              "--column",
              "image",
              "--out",
              folder.resolve("o.safetensors"))
          .wasRefused(table, "row 24 (line 25), column image");
      Outcome.of("pretrain", "--modality", "image", "--data", table, "--out", folder.resolve("vit"))
          .wasRefused(table, "row 24 (line 25), column image");
    }
  }

  @Test
  @DisplayName("of labels that are not known are told with the others, before any weight is read")
  void unknownLabels() throws IOException {
    Path table =
        file(
            "v.csv",
            "image,text,label\n"
                + FixtureSamples.IMAGE
                + ",a,hexagon\nnone.png,a,circle\n"
                + FixtureSamples.IMAGE
                + ",a,Circle\n");
    Object[] told = {
      "row 1 (line 2), column label: label 'hexagon' is unknown",
      "row 3 (line 4), column label: label 'Circle' is unknown",
      "row 2 (line 3), column image"
    };
    Outcome.of(withoutWeights("--validation", table)).wasRefused(told);
    Outcome.of("evaluate", "--model", model, "--data", table).wasRefused(told);
  }
}
