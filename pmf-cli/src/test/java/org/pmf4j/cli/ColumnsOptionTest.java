package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@DisplayName("Tables whose columns are called otherwise")
class ColumnsOptionTest {
  private static final String HEADER = "photo,ad title,topic";

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static Path table;
  private static Path model;

  @BeforeAll
  static void train() throws IOException {
    table = renamed(shared.resolve("ads.csv"), HEADER, ",");
    model = shared.resolve("model");
    Outcome.of(
            FixtureSamples.train(
                model,
                "--data",
                table,
                "--column",
                "image=photo",
                "--column",
                "text=ad title",
                "--label",
                "topic"))
        .succeeded();
  }

  /** The fixture's table with another header, and paths from anywhere. */
  private static Path renamed(Path file, String header, String delimiter) throws IOException {
    List<String> lines = Files.readAllLines(FixtureSamples.TABLE);
    StringBuilder all = new StringBuilder(header.replace(",", delimiter)).append('\n');
    for (String line : lines.subList(1, lines.size())) {
      int path = line.indexOf(',');
      int label = line.lastIndexOf(',');
      all.append(FixtureSamples.TABLE.resolveSibling(line.substring(0, path)))
          .append(delimiter)
          .append(line, path + 1, label)
          .append(delimiter)
          .append(line.substring(label + 1))
          .append('\n');
    }
    return Files.writeString(file, all);
  }

  @Test
  @DisplayName("train the same model, which remembers them and reads them by itself")
  void remembered() throws IOException {
    Path plain = folder.resolve("plain");
    Outcome.of(FixtureSamples.train(plain)).succeeded();
    assertThat(Files.readAllBytes(model.resolve("adapter_model.safetensors")))
        .isEqualTo(Files.readAllBytes(plain.resolve("adapter_model.safetensors")));
    assertThat(plain.resolve("adapter_config.json")).content().doesNotContain("columns");
    assertThat(model.resolve("adapter_config.json"))
        .content()
        .contains("\"image\" : [ \"photo\" ]", "\"label\" : \"topic\"");
    String measured = Outcome.of("evaluate", "--model", model, "--data", table).succeeded().out();
    assertThat(
            Outcome.of("evaluate", "--model", plain, "--data", FixtureSamples.TABLE)
                .succeeded()
                .out())
        .isEqualTo(measured);
    Path out = folder.resolve("out.csv");
    Outcome.of("predict", "--model", model, "--data", table, "--out", out).succeeded();
    assertThat(Files.readAllLines(out).get(0)).isEqualTo(HEADER + ",prediction,probability");
  }

  @Test
  @DisplayName("may be other ones for the same model, in another dialect, and by YAML in training")
  void overridden() throws IOException {
    Path other = renamed(folder.resolve("other.csv"), "image,text,class", ";");
    Object[] words = {
      "evaluate", "--model", model, "--data", other, "--csv", "delimiter=semicolon"
    };
    Outcome.of(words)
        .wasRefused(other, "no column 'photo'; there are: image, text, class", "--column image=");
    Outcome.of(
            FixtureSamples.with(
                words, "--column", "image=image", "--column", "text=text", "--label", "class"))
        .succeeded();
    Path yaml =
        Files.writeString(
            folder.resolve("train.yaml"),
            "column:\n  image: photo\n  text: ad title\nlabel: topic\ncsv:\n  delimiter: comma\n");
    Outcome.of(FixtureSamples.train(folder.resolve("m"), "--data", table, "--config", yaml))
        .succeeded();
  }

  @Test
  @DisplayName("are named in what is wrong with them")
  void told() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.csv"), HEADER + "\nnone.png,a,circle\n,b,\n");
    Outcome.of("evaluate", "--model", model, "--data", bad)
        .wasRefused(
            "row 1 (line 2), column photo: " + folder.resolve("none.png"),
            "row 2 (line 3), column topic: the cell is blank");
    Outcome.of(FixtureSamples.train(folder.resolve("m"), "--data", table, "--column", "imag=photo"))
        .wasRefused("a column is named for encoder 'imag'", "is 'image' meant?");
  }

  @Test
  @DisplayName("have rows whose labels training lacks: refused, or skipped and counted")
  void unknownLabels() throws IOException {
    Path more = folder.resolve("more.csv");
    Files.copy(table, more);
    Files.writeString(more, FixtureSamples.IMAGE + ",x,hexagon\n", StandardOpenOption.APPEND);
    Object[] words = {"evaluate", "--model", model, "--data", more};
    Outcome.of(words).wasRefused("row 17 (line 18), column topic: label 'hexagon' is unknown");
    Logger logger = (Logger) LoggerFactory.getLogger("org.pmf4j.core.data.TableChecks");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      Outcome skipped =
          Outcome.of(FixtureSamples.with(words, "--unknown-labels", "skip")).succeeded();
      assertThat(skipped.out()).startsWith("16 rows");
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anyMatch(
            m -> m.contains("1 of 17 rows skipped, whose labels training lacks: 'hexagon' 1"));
  }
}
