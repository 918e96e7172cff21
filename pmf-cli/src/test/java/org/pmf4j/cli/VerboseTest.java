package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.testkit.message.MessageRules;
import org.slf4j.LoggerFactory;

@DisplayName("--verbose")
class VerboseTest {
  private static final Logger ALL = (Logger) LoggerFactory.getLogger("org.pmf4j");

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Level before;

  @TempDir private Path folder;

  @BeforeEach
  void listen() {
    before = ALL.getLevel();
    log.start();
    ALL.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    ALL.detachAppender(log);
    ALL.setLevel(before);
  }

  /** What was told since the last call. */
  private List<String> told() {
    List<String> lines = log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    log.list.clear();
    assertThat(lines).allSatisfy(l -> assertThat(MessageRules.offences(l)).as(l).isEmpty());
    return lines;
  }

  private Object[] train(Object... more) {
    Path model = folder.resolve("model");
    Object[] words =
        FixtureSamples.train(
            model,
            "--validation",
            FixtureSamples.TABLE,
            "--cache",
            folder.resolve("cache"),
            "--verbose");
    return FixtureSamples.with(words, more);
  }

  private static void inOrder(List<String> lines, String... patterns) {
    int at = 0;
    for (String pattern : patterns) {
      int found = at;
      while (found < lines.size() && !lines.get(found).matches(pattern)) {
        found++;
      }
      assertThat(found).as("%s after line %d of %s", pattern, at, lines).isLessThan(lines.size());
      at = found + 1;
    }
  }

  @Test
  @DisplayName("tells of training what is opened, planned, read, loaded, computed and saved")
  void training() {
    Outcome.of(train()).succeeded();
    inOrder(
        told(),
        "backend checking-djl: PyTorch .* on .*, \\d+ threads",
        "plan: method pmf .*fusion-layers=2.*, fused layers .*, encoders FROZEN",
        ".*train\\.csv: 16 rows",
        ".*image-16: encoder vit \\{modality=image.*}, \\d+ weights",
        ".*text-16: encoder bert \\{modality=text.*}, \\d+ weights",
        ".*vit-.*: 32 rows have image; [1-9]\\d* samples of it are to be computed, all others are kept",
        ".*bert-.*: 32 rows have text; [1-9]\\d* samples of it .*",
        ".*: weights of the best epoch so far saved",
        "epoch 1 of 2: step 2, loss [0-9.]+, validation .*accuracy.*, [0-9.]+ s",
        ".*: checkpoint of epoch 2, step 2",
        "epoch 2 of 2: step 4, .*",
        ".*model: model saved");
  }

  @Test
  @DisplayName("tells of a second run that its cache has all, and from where it goes on")
  void again() {
    Outcome.of(train()).succeeded();
    told();
    Outcome.of(train("--resume", "--epochs", 3)).succeeded();
    inOrder(
        told(),
        ".*vit-.*: 32 rows have image; 0 samples of it are to be computed, all others are kept",
        ".*bert-.*: 32 rows have text; 0 samples of it are to be computed, all others are kept",
        "going on in epoch 3 of 3, after step 4",
        "epoch 3 of 3: step 6, .*",
        ".*model: model saved");
  }

  @Test
  @DisplayName("tells of a model what is loaded, and of results where they are saved")
  void serving() {
    Outcome.of(train()).succeeded();
    told();
    Path model = folder.resolve("model");
    Path metrics = folder.resolve("metrics.json");
    Path predictions = folder.resolve("predictions.csv");
    Object[] data = {"--verbose", "--model", model, "--data", FixtureSamples.TABLE};
    Outcome.of(
            FixtureSamples.with(
                FixtureSamples.with(new Object[] {"evaluate"}, data), "--out", metrics))
        .succeeded();
    inOrder(
        told(),
        ".*train\\.csv: 16 rows",
        ".*model: model of method pmf loaded, \\d+ trained weights of \\d+",
        ".*metrics\\.json: metrics saved");
    Outcome.of(
            FixtureSamples.with(
                FixtureSamples.with(new Object[] {"predict"}, data), "--out", predictions))
        .succeeded();
    inOrder(told(), ".*predictions\\.csv: 16 predictions saved");
  }

  @Test
  @DisplayName("is what it takes: without it nothing of this is told")
  void silent() {
    ALL.setLevel(Level.WARN);
    Outcome.of(FixtureSamples.train(folder.resolve("model"))).succeeded();
    assertThat(told()).isEmpty();
  }
}
