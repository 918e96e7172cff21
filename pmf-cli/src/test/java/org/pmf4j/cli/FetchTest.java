package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.hub.server.HubRequest;
import org.pmf4j.hub.server.SampleModels;
import org.pmf4j.hub.server.TestHub;

/** Each command in a process of its own, whose environment names the hub of the tests. */
@DisplayName("pmf fetch")
class FetchTest {
  @TempDir private Path folder;
  private Path cache;
  private TestHub hub;

  @BeforeEach
  void start() throws IOException {
    cache = folder.resolve("hub");
    hub = TestHub.start();
    hub.repo("org/vit").commit("main", SampleModels.FIRST, FixtureSamples.IMAGE_ENCODER);
    hub.repo("org/bert").commit("main", SampleModels.SECOND, FixtureSamples.TEXT_ENCODER);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private Outcome pmf(Object... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-Dai.djl.offline=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    for (Object word : words) {
      command.add(word.toString());
    }
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(
            name -> name.startsWith("HF_") || name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
    builder.environment().put("HF_ENDPOINT", hub.endpoint());
    builder.environment().put("HF_HUB_CACHE", cache.toString());
    builder.environment().put("OPT_OUT_TRACKING", "true");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Path config(Path model) throws IOException {
    return Files.writeString(
        folder.resolve("train.yaml"),
        String.join(
            "\n",
            "data: " + FixtureSamples.TABLE,
            "encoder:",
            "  image: hf:org/vit",
            "  text: hf:org/bert@" + SampleModels.SECOND,
            "out: " + model,
            "epochs: 1",
            "batch-size: 8",
            "no-cache: true"));
  }

  @Test
  @DisplayName("fetches encoders, which then are used by name and without a request")
  void endToEnd() throws Exception {
    Path model = folder.resolve("model");
    Path yaml = config(model);
    pmf("train", "--config", yaml)
        .wasRefused("hf:org/vit: is not in the cache", "fetch it with: pmf fetch org/vit");
    assertThat(hub.requests()).isEmpty();

    Outcome fetched = pmf("fetch", "org/vit", "hf:org/bert").succeeded();

    assertThat(fetched.out())
        .contains("hf:org/vit is commit " + SampleModels.FIRST + ", ", " MB fetched: " + cache)
        .contains("hf:org/bert is commit " + SampleModels.SECOND);
    assertThat(hub.requests()).extracting(HubRequest::server).contains("cdn");
    hub.forget();
    pmf("train", "--config", yaml).succeeded();
    pmf(
            "encode",
            "--encoder",
            "hf:org/vit",
            "--data",
            FixtureSamples.TABLE,
            "--column",
            "image",
            "--out",
            folder.resolve("hidden.safetensors"))
        .succeeded();
    pmf("predict", "--model", model, "--image", FixtureSamples.IMAGE, "--text", "a circle")
        .succeeded();
    assertThat(pmf("fetch", "org/vit@" + SampleModels.FIRST).succeeded().out())
        .contains(", all in the cache: ");
    assertThat(hub.requests()).isEmpty();

    cache = Files.move(cache, folder.resolve("elsewhere"));
    pmf("evaluate", "--model", model, "--data", FixtureSamples.TABLE).succeeded();
    cache = folder.resolve("empty");
    pmf("evaluate", "--model", model, "--data", FixtureSamples.TABLE)
        .wasRefused(
            model
                + ": the image encoder hf:org/vit@"
                + SampleModels.FIRST
                + ": is not in the cache",
            "fetch it with: pmf fetch org/vit@" + SampleModels.FIRST,
            "or name it by --encoder image=DIR");
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  @DisplayName("tells what is wrong in one line")
  void fails() throws Exception {
    Outcome.of("fetch").wasRefused("ORG/NAME", "pmf fetch --help");
    Outcome.of("fetch", "not a name").wasRefused("'not a name' is no name of a model of the hub");
    pmf("fetch", "org/none").wasRefused("org/none: there is no such model on " + hub.endpoint());
    hub.close();
    pmf("fetch", "org/vit").failed("localhost: no connection can be made");
  }

  @Test
  @DisplayName("is not needed for an encoder that is trained further by name")
  void pretrain() throws Exception {
    pmf("fetch", "org/vit").succeeded();

    pmf(
            "pretrain",
            "--modality",
            "image",
            "--data",
            FixtureSamples.TABLE,
            "--from",
            "hf:org/vit",
            "--out",
            folder.resolve("tuned"),
            "--epochs",
            1,
            "--learning-rate",
            "5e-5")
        .succeeded();

    assertThat(folder.resolve("tuned/model.safetensors")).exists();
    assertThat(Files.isSymbolicLink(folder.resolve("tuned/config.json"))).isFalse();
  }
}
