package org.pmf4j.hub.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pmf4j.hub.server.SampleModels.FIRST;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.hub.EncoderLocation;
import org.pmf4j.hub.HubCache;
import org.pmf4j.hub.HubModel;
import org.pmf4j.hub.server.HubFile;
import org.pmf4j.hub.server.SampleModels;
import org.pmf4j.hub.server.TestHub;

@DisplayName("An encoder in a folder of a model")
class FolderOfModelTest {
  @TempDir private Path folder;
  private TestHub hub;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    Map<String, HubFile> files = new LinkedHashMap<>();
    files.put("README.md", HubFile.small("# Several models\n"));
    SampleModels.text().forEach((name, file) -> files.put("plain/" + name, file));
    SampleModels.sharded().forEach((name, file) -> files.put("large/in/shards/" + name, file));
    hub = TestHub.start();
    hub.repo("org/several").commit("main", FIRST, files);
    hub.repo("org/several").commit("refs/pr/1", FIRST, files);
    client = Client.of(hub, folder.resolve("hub"));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  @DisplayName("is fetched alone, under the names that huggingface_hub gives its files")
  void fetched() {
    Fetched fetched = client.fetch("org/several//plain");

    Path snapshot = client.cache().snapshot("org/several", FIRST);
    assertThat(fetched.directory()).isEqualTo(snapshot.resolve("plain"));
    assertThat(fetched.directory().resolve("model.safetensors"))
        .hasBinaryContent(SampleModels.text().get("model.safetensors").content());
    assertThat(fetched.directory().resolve("vocab.txt")).exists();
    assertThat(fetched.directory().resolve("pytorch_model.bin")).doesNotExist();
    assertThat(snapshot.resolve("large")).doesNotExist();
    assertThat(client.cache().absence("org/several", FIRST, "plain/tokenizer.json")).isEmptyFile();
    assertThat(EncoderLocation.snapshot(HubModel.parse("org/several//plain"), client.cache()))
        .isEqualTo(fetched.directory());
    assertThat(HubCache.modelOf(fetched.directory().toString()))
        .hasValue(new HubModel("org/several", FIRST, "plain"));
  }

  @Test
  @DisplayName("is asked for by nobody again, in shards and at a revision with slashes too")
  void again() {
    Path directory = client.fetch("org/several@refs/pr/1//large/in/shards").directory();

    assertThat(directory.resolve("model-00002-of-00002.safetensors")).hasSize(200_000);
    hub.forget();
    assertThat(client.fetch("org/several@" + FIRST + "//large/in/shards").bytes()).isZero();
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  @DisplayName("is named with its folder where it is not in the cache")
  void missing() {
    client.fetch("org/several//plain");

    HubModel other = HubModel.parse("org/several//large/in/shards");
    assertThatThrownBy(() -> EncoderLocation.snapshot(other, client.cache()))
        .hasMessage(
            "hf:org/several//large/in/shards: is not in the cache "
                + client.cache().root()
                + "; fetch it with: pmf fetch org/several//large/in/shards");
  }

  @Test
  @DisplayName("is told of where the model or another folder is asked for")
  void advice() {
    assertThatThrownBy(() -> client.fetch("org/several"))
        .hasMessage(
            "org/several: has no config.json, so that it is no encoder; there are encoders in"
                + " hf:org/several//large/in/shards, hf:org/several//plain");
    assertThatThrownBy(() -> client.fetch("org/several@refs/pr/1//none"))
        .hasMessageStartingWith("org/several@refs/pr/1//none: has no config.json")
        .hasMessageEndingWith("hf:org/several@refs/pr/1//plain");
  }
}
