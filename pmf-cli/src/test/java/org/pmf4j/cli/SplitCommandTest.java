package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@DisplayName("One table that pmf train cuts")
class SplitCommandTest {
  private static final Object[] SPLIT = {"--split", "0.5,0.25,0.25"};

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static Path model;
  private static Outcome trained;

  @BeforeAll
  static void train() {
    model = shared.resolve("model");
    trained = Outcome.of(FixtureSamples.train(model, SPLIT)).succeeded();
  }

  private static Object[] evaluate(Path of, Object... more) {
    return FixtureSamples.with(
        new Object[] {"evaluate", "--model", of, "--data", FixtureSamples.TABLE}, more);
  }

  /** The fixture's table with a column that tells the part of each row, and another name. */
  private Path withColumn(String header, String... cells) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(FixtureSamples.TABLE)) {
      String path = lines.isEmpty() ? "" : FixtureSamples.TABLE.getParent() + "/";
      String cell = lines.isEmpty() ? header : cells[lines.size() % cells.length];
      lines.add(path + line + "," + cell);
    }
    return Files.write(folder.resolve("own.csv"), lines);
  }

  @Test
  @DisplayName("chooses the best epoch by its validation rows, and tells how to measure the others")
  void tells() {
    assertThat(trained.out())
        .contains("validation accuracy", "train 8, validation 4, test 4, in split.json")
        .contains("pmf evaluate --model " + model + " --data " + FixtureSamples.TABLE)
        .contains("--part test");
    assertThat(model.resolve("split.json")).content().contains("\"seed\" : 0", "\"test\"");
    assertThat(model.resolve("README.md")).content().contains("train 8, validation 4, test 4");
  }

  @Test
  @DisplayName("is evaluated and predicted in the rows of a part alone")
  void parts() throws IOException {
    assertThat(Outcome.of(evaluate(model, "--part", "test")).succeeded().out())
        .startsWith("4 rows");
    assertThat(Outcome.of(evaluate(model, "--part", "train")).succeeded().out())
        .startsWith("8 rows");
    assertThat(Outcome.of(evaluate(model)).succeeded().out()).startsWith("16 rows");
    Path out = folder.resolve("out.csv");
    Outcome.of(
            "predict",
            "--model",
            model,
            "--data",
            FixtureSamples.TABLE,
            "--part",
            "test",
            "--out",
            out)
        .succeeded();
    assertThat(Files.readAllLines(out)).hasSize(5);
    Path report = folder.resolve("report.html");
    Outcome.of(evaluate(model, "--part", "dev", "--report", report)).succeeded();
    assertThat(report).content().contains("<dt>rows</dt><dd>dev</dd>");
  }

  @Test
  @DisplayName("is the same for a run that goes on, which refuses another split")
  void resumed() throws IOException {
    Path out = folder.resolve("m");
    Outcome.of(FixtureSamples.train(out, SPLIT)).succeeded();
    byte[] adapter = Files.readAllBytes(out.resolve("adapter_model.safetensors"));
    Outcome.of(FixtureSamples.train(out, FixtureSamples.with(SPLIT, "--resume"))).succeeded();
    assertThat(Files.readAllBytes(out.resolve("adapter_model.safetensors"))).isEqualTo(adapter);
    Outcome.of(FixtureSamples.train(out, "--resume", "--split", "0.75,0.25"))
        .wasRefused("cannot resume: split was 0.5,0.25,0.25 with seed 0", "0.75,0.25,0.0");
    Outcome.of(FixtureSamples.train(out, "--resume")).succeeded();
    assertThat(Files.readAllBytes(out.resolve("adapter_model.safetensors"))).isEqualTo(adapter);
    Outcome.of(FixtureSamples.train(out, "--resume", "--no-split"))
        .wasRefused("cannot resume: split was 0.5,0.25,0.25 with seed 0 and is now none");
    // The old model's split is none of the new one
    Outcome.of(FixtureSamples.train(out, "--overwrite")).succeeded();
    Outcome.of(evaluate(out, "--part", "test"))
        .wasRefused(out, "was trained on a table that was not split", "--split-column");
    assertThat(Outcome.of(evaluate(out, "--part", "test", "--split-of", model)).succeeded().out())
        .startsWith("4 rows");
  }

  @Test
  @DisplayName("may have a column that tells the parts, or groups")
  void columns() throws IOException {
    Path table = withColumn("fold", "train", "training", "valid", "test");
    Path out = folder.resolve("m");
    assertThat(
            Outcome.of(FixtureSamples.train(out, "--data", table, "--split-column", "fold"))
                .succeeded()
                .out())
        .contains("train 8, validation 4, test 4");
    Object[] words = {"evaluate", "--model", model, "--data", table, "--part", "validation"};
    Outcome.of(words).wasRefused("is not the table that was split", FixtureSamples.TABLE);
    assertThat(Outcome.of(FixtureSamples.with(words, "--split-column", "fold")).succeeded().out())
        .startsWith("4 rows");
    Path groups = withColumn("patient", "p1", "p2", "p3", "p4");
    Outcome.of(
            FixtureSamples.train(
                folder.resolve("g"),
                FixtureSamples.with(SPLIT, "--data", groups, "--group-column", "patient")))
        .succeeded();
    assertThat(folder.resolve("g/split.json")).content().contains("\"patient\"");
  }

  @Test
  @DisplayName("is refused in one line where options or rows do not go together")
  void refused() throws IOException {
    Path out = folder.resolve("m");
    Outcome.of(
            FixtureSamples.train(
                out, FixtureSamples.with(SPLIT, "--validation", FixtureSamples.TABLE)))
        .wasRefused("leave --validation or the split out");
    Outcome.of(FixtureSamples.train(out, "--split", "0.8,0.1,0.2"))
        .wasRefused("--split 0.8,0.1,0.2: sums to 1.1, not to 1");
    Outcome.of(FixtureSamples.train(out, "--group-column", "label"))
        .wasRefused("--group-column goes with --split");
    Outcome.of(FixtureSamples.train(out, "--split", "0.98,0.01,0.01"))
        .wasRefused("nothing is left for validation: 16 rows are too few");
    Outcome.of(FixtureSamples.train(out, "--split-column", "lable"))
        .wasRefused("no column 'lable'", "is 'label' meant?");
    Outcome.of(evaluate(model, "--part", "tset")).wasRefused("--part: 'tset' is none of train");
    Outcome.of(evaluate(model, "--split-of", model)).wasRefused("--split-of goes with --part");
    Outcome.of("predict", "--model", model, "--text", "a", "--part", "test")
        .wasRefused("--part goes with --data");
    assertThat(out.resolve("adapter_config.json")).doesNotExist();
    Path other = folder.resolve("other.csv");
    Files.copy(FixtureSamples.TABLE, other);
    Files.writeString(other, FixtureSamples.IMAGE + ",x,circle\n", StandardOpenOption.APPEND);
    Outcome.of("evaluate", "--model", model, "--data", other, "--part", "test")
        .wasRefused(other, "is not the table that was split");
  }

  @Test
  @DisplayName("warns of rows that stand in two parts")
  void leaks() throws IOException {
    Path table = withColumn("fold", "train", "test");
    List<String> lines = new ArrayList<>(Files.readAllLines(table));
    lines.add(lines.get(1).replaceAll(",[^,]*$", ",train"));
    lines.add(lines.get(1).replaceAll(",[^,]*$", ",test"));
    Files.write(table, lines);
    Logger logger = (Logger) LoggerFactory.getLogger("org.pmf4j.core.split.Splitter");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      Outcome.of(
              FixtureSamples.train(folder.resolve("m"), "--data", table, "--split-column", "fold"))
          .succeeded();
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anyMatch(m -> m.contains("two parts") && m.contains("test 2") && m.contains("--group"));
  }
}
