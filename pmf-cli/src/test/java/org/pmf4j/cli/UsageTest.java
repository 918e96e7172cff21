package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.core.model.PlannedMethod;
import org.pmf4j.core.pmf.PmfMethod;
import org.pmf4j.core.pmf.PmfOption;
import org.pmf4j.core.training.TrainSettings;

@DisplayName("The command line")
class UsageTest {
  @Test
  @DisplayName("tells its version")
  void version() {
    assertThat(Outcome.of("--version").succeeded().out()).startsWith("pmf ").contains("Java");
  }

  @Test
  @DisplayName("without a command shows how it is used, and ends with 2")
  void nothing() {
    Outcome outcome = Outcome.of();
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("Commands:", "train", "predict", "Exit codes:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "evaluate", "predict", "encode", "export", "pretrain", "fetch"})
  @DisplayName("helps with every command, with examples")
  void help(String command) {
    assertThat(Outcome.of(command, "--help").succeeded().out())
        .contains("pmf " + command, "Examples:", "--debug");
  }

  @Test
  @DisplayName("shows default values, those of PMF among them")
  void defaults() {
    var pmf = PlannedMethod.settings(new PmfMethod(), Map.of()).toMap();
    assertThat(Outcome.of("train", "--help").out())
        .contains("(default: " + TrainSettings.DEFAULT.learningRate() + ")")
        .contains("(default: equal)")
        .contains("(pmf: " + pmf.get("fusion-layers") + ")")
        .contains("(pmf: " + pmf.get("query-prompts") + ")")
        .contains("(pmf: " + pmf.get("head") + ")")
        .doesNotContain("DEFAULT-VALUE");
  }

  @Test
  @DisplayName("has an option for each setting that PMF declares one for")
  void optionsOfPmf() {
    String help = Outcome.of("train", "--help").out();
    assertThat(PmfMethod.OPTIONS).extracting(o -> o.setting().name()).contains("prompt-length");
    for (PmfOption option : PmfMethod.OPTIONS) {
      assertThat(help)
          .contains("--" + option.setting().name() + "=")
          .contains("(pmf: " + option.setting().standardText() + ")");
      assertThat(PlannedMethod.settings(new PmfMethod(), Map.of()).toMap().keySet())
          .containsAll(option.setsIn("pmf"));
    }
  }

  @Test
  @DisplayName("refuses unknown commands and options, and suggests what is close")
  void unknown() {
    Outcome.of("trian").wasRefused("trian", "train");
    Outcome.of("evaluate", "--model", "m", "--data", "d", "--ouput", "x")
        .wasRefused("--ouput", "pmf evaluate --help");
  }

  @Test
  @DisplayName("names missing options and values that do not fit")
  void misfits() {
    Outcome.of("evaluate", "--data", "x.csv").wasRefused("--model");
    Outcome.of(FixtureSamples.train(FixtureSamples.ROOT, "--epochs", "many"))
        .wasRefused("epochs must be a whole number, at least 1, got 'many'");
    Outcome.of(FixtureSamples.train(FixtureSamples.ROOT.resolve("no"), "--fusion-layers", "all"))
        .wasRefused("fusion-layers of method pmf must be a whole number, at least 1, got 'all'");
    Outcome.of(FixtureSamples.train(FixtureSamples.ROOT.resolve("no"), "--prompt-length", "0"))
        .wasRefused("query-prompts of method pmf must be at least 1, got 0");
    Outcome.of(FixtureSamples.train(FixtureSamples.ROOT.resolve("no"), "--head", "wooden"))
        .wasRefused("head of method pmf must be averaged or joint, got 'wooden'");
    Outcome.of(FixtureSamples.train(FixtureSamples.ROOT, "--learning-rate", "high"))
        .wasRefused("learning-rate must be a number, above 0 and at most 1, got 'high'");
    Outcome.of(FixtureSamples.train(FixtureSamples.ROOT, "--data", "a\0b"))
        .wasRefused("is no path of a table");
    Outcome.of(FixtureSamples.train(FixtureSamples.ROOT, "--precision", "fp8"))
        .wasRefused("--precision", "fp8", "fp32", "bf16");
    Outcome.of(FixtureSamples.train(FixtureSamples.ROOT, "--epochs", "0"))
        .wasRefused("epochs", "at least 1");
    Outcome.of(FixtureSamples.train(FixtureSamples.ROOT, "--metric", "luck"))
        .wasRefused("luck", "accuracy");
    Outcome.of(FixtureSamples.train(FixtureSamples.ROOT, "--threads", "-1"))
        .wasRefused("threads", "-1");
    Outcome.of(FixtureSamples.train(FixtureSamples.ROOT, "--encoder", "image"))
        .wasRefused("--encoder", "image");
    Outcome.of(FixtureSamples.train(FixtureSamples.ROOT, "--resume", "--overwrite"))
        .wasRefused("--resume", "--overwrite");
  }

  @Test
  @DisplayName("shows the stack trace with --debug alone")
  void debug() {
    Outcome outcome = Outcome.of("evaluate", "--model", "nowhere", "--data", "x.csv", "--debug");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("pmf: ").contains("\tat ");
  }

  @Test
  @DisplayName("names the backends there are where there is none of that name")
  void backend() {
    Outcome.of("evaluate", "--model", "m", "--data", "d", "--backend", "abacus")
        .wasRefused("abacus", "djl", "tf");
  }

  @Test
  @DisplayName("lists plugins, and what the backend can do")
  void plugins() {
    assertThat(Outcome.of("plugins").succeeded().out())
        .contains("djl", "PyTorch", "training", "image", "text", "audio", "video", "vit", "bert")
        .contains("videomae", "pmf")
        .contains("fusion-layers=2");
  }
}
