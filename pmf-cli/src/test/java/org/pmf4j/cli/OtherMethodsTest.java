package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Other fusion methods, from the command line,")
class OtherMethodsTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("are listed with their papers")
  void areListed() {
    assertThat(Outcome.of("plugins").succeeded().out())
        .contains("late-concat", "mbt", "mmbt", "mope", "prompt-fuse", "unimodal")
        .contains("NeurIPS 2021", "Findings of ACL 2022");
  }

  @Test
  @DisplayName("are trained, gone on with, evaluated and predict, with encoders that are tuned")
  void tuned() {
    Path model = folder.resolve("model");
    Outcome trained =
        Outcome.of(
                FixtureSamples.train(model, "--method", "mbt", "--fusion-layers", 2, "--epochs", 1))
            .succeeded();
    assertThat(trained.out()).contains("(100.00 %)");
    Outcome.of(FixtureSamples.train(model, "--method", "mbt", "--fusion-layers", 2))
        .wasRefused("holds a model");
    Outcome.of("evaluate", "--model", model, "--data", FixtureSamples.TABLE).succeeded();
    Outcome.of("predict", "--model", model, "--image", FixtureSamples.IMAGE).succeeded();
    Outcome.of(
            FixtureSamples.train(
                folder.resolve("next"),
                "--method",
                "mbt",
                "--init",
                model,
                "--epochs",
                1,
                "--encoder-learning-rate",
                "1e-5"))
        .succeeded();
  }

  @Test
  @DisplayName("take the length of their prompts from the option that PMF has for it")
  void promptLength() {
    Path model = folder.resolve("model");
    Outcome.of(
            FixtureSamples.train(
                model, "--method", "prompt-fuse", "--prompt-length", 3, "--epochs", 1))
        .succeeded();
    assertThat(model.resolve("adapter_config.json")).content().contains("\"prompt-length\" : 3");
    Outcome.of(
            FixtureSamples.train(folder.resolve("other"), "--method", "mbt", "--prompt-length", 3))
        .wasRefused("unknown setting 'prompt-length' of method mbt");
  }

  @Test
  @DisplayName("refuse in one line what they cannot do")
  void refuse() {
    Outcome.of(
            FixtureSamples.train(
                folder.resolve("a"), "--method", "late-concat", "--precision", "bf16"))
        .wasRefused("method late-concat trains the encoders, in fp32 alone");
    Outcome.of(FixtureSamples.train(folder.resolve("b"), "--method", "unimodal"))
        .wasRefused("unimodal trains one encoder, got [image, text]");
  }
}
