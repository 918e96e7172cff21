package org.pmf4j.hub.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pmf4j.hub.server.SampleModels.FIRST;
import static org.pmf4j.hub.server.SampleModels.SECOND;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.hub.EncoderLocation;
import org.pmf4j.hub.HubModel;
import org.pmf4j.hub.server.Fault;
import org.pmf4j.hub.server.HubFile;
import org.pmf4j.hub.server.HubRepo;
import org.pmf4j.hub.server.HubRequest;
import org.pmf4j.hub.server.SampleModels;
import org.pmf4j.hub.server.TestHub;

@DisplayName("A model that is fetched")
class HubFetcherTest {
  private static final String FOLDER = "models--org--text";

  @TempDir private Path folder;
  private TestHub hub;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    hub = TestHub.start();
    hub.repo("org/text").commit("main", FIRST, SampleModels.text());
    client = Client.of(hub, folder.resolve("hub"));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  @DisplayName("has the files that an encoder needs, in huggingface_hub's layout, and no others")
  void layout() throws IOException {
    Fetched fetched = client.fetch("org/text");

    assertThat(fetched.commit()).isEqualTo(FIRST);
    assertThat(fetched.directory())
        .isEqualTo(client.folder().resolve(FOLDER).resolve("snapshots").resolve(FIRST));
    assertThat(fetched.bytes()).isGreaterThan(SampleModels.WEIGHTS);
    Map<String, HubFile> files = SampleModels.text();
    List<String> needed =
        List.of("config.json", "tokenizer_config.json", "vocab.txt", "model.safetensors");
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put(FOLDER + "/refs/main", FIRST);
    for (String name : needed) {
      HubFile file = files.get(name);
      expected.put(FOLDER + "/blobs/" + file.etag(), file.content().length + " bytes");
      expected.put(FOLDER + "/snapshots/" + FIRST + "/" + name, "-> ../../blobs/" + file.etag());
      assertThat(fetched.directory().resolve(name)).hasBinaryContent(file.content());
    }
    Map<String, String> layout = client.layout();
    layout.keySet().removeIf(name -> name.contains(".no_exist"));
    assertThat(layout).containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(folder.resolve("hub/" + FOLDER + "/.no_exist/" + FIRST + "/tokenizer.json"))
        .isEmptyFile();
  }

  private static HubFile modules(String encoder, String... others) {
    List<String> all = new ArrayList<>();
    all.add(module(encoder, "Transformer"));
    for (String other : others) {
      all.add(module(other, other.substring(2)));
    }
    return HubFile.small("[" + String.join(",", all) + "]");
  }

  private static String module(String path, String name) {
    return "{\"path\": \"" + path + "\", \"type\": \"sentence_transformers.models." + name + "\"}";
  }

  @Test
  @DisplayName("has the modules of sentence-transformers and their weights")
  void sentences() {
    Map<String, HubFile> files = new LinkedHashMap<>(SampleModels.text());
    files.put("modules.json", modules("", "1_Pooling", "2_Dense", "3_Normalize"));
    for (String name :
        List.of(
            "config_sentence_transformers.json",
            "sentence_bert_config.json",
            "1_Pooling/config.json",
            "2_Dense/config.json",
            "2_Dense/pytorch_model.bin",
            "4_Unlisted/config.json")) {
      files.put(name, HubFile.small("{\"of\": \"" + name + "\"}"));
    }
    hub.repo("org/sentences").commit("main", FIRST, files);

    Path directory = client.fetch("org/sentences").directory();

    for (String name :
        List.of(
            "modules.json",
            "config_sentence_transformers.json",
            "sentence_bert_config.json",
            "1_Pooling/config.json",
            "2_Dense/config.json",
            "2_Dense/pytorch_model.bin",
            "config.json",
            "model.safetensors")) {
      assertThat(directory.resolve(name)).as(name).hasBinaryContent(files.get(name).content());
    }
    assertThat(directory.resolve("4_Unlisted")).doesNotExist();
    assertThat(EncoderLocation.snapshot(HubModel.parse("org/sentences"), client.cache()))
        .isEqualTo(directory);
  }

  @Test
  @DisplayName("has an encoder in a folder of its own, as old models do")
  void oldSentences() {
    Map<String, HubFile> files = new LinkedHashMap<>();
    files.put("modules.json", modules("0_Transformer", "1_Pooling"));
    files.put("config.json", HubFile.small("{\"__version__\": \"0.3.0\"}"));
    files.put("1_Pooling/config.json", HubFile.small("{}"));
    SampleModels.text().forEach((name, file) -> files.put("0_Transformer/" + name, file));
    hub.repo("org/old").commit("main", FIRST, files);

    Path directory = client.fetch("org/old").directory();

    for (String name : List.of("config.json", "tokenizer_config.json", "model.safetensors")) {
      assertThat(directory.resolve("0_Transformer").resolve(name))
          .hasBinaryContent(SampleModels.text().get(name).content());
    }
    assertThat(directory.resolve("config.json")).doesNotExist();
  }

  @Test
  @DisplayName("is refused where its list of modules leads out of it, or has no encoder")
  void badModules() {
    Map<String, HubFile> files = new LinkedHashMap<>(SampleModels.text());
    files.put("modules.json", modules("", "../1_Pooling"));
    hub.repo("org/up").commit("main", FIRST, files);
    assertThatThrownBy(() -> client.fetch("org/up"))
        .hasMessageEndingWith(
            "modules.json: \"path\" must be a folder in the folder of the model, found"
                + " ../1_Pooling");
    files.put("modules.json", modules("0_Transformer"));
    hub.repo("org/none").commit("main", FIRST, files);
    assertThatThrownBy(() -> client.fetch("org/none"))
        .hasMessage("org/none: has no 0_Transformer/config.json, so that it is no encoder");
  }

  @Test
  @DisplayName("tells its token to the hub, and to no server that the hub leads to")
  void token() {
    hub.repo("org/text").access(HubRepo.Access.PRIVATE);

    client.with("HF_TOKEN", TestHub.TOKEN).fetch("org/text");

    assertThat(hub.requests()).extracting(HubRequest::server).contains("hub", "cdn");
    assertThat(hub.requests())
        .allSatisfy(
            r -> {
              boolean ours = r.server().equals("hub");
              assertThat(r.header("Authorization").isPresent()).isEqualTo(ours);
              assertThat(r.header("Accept-Encoding")).hasValue("identity");
            });
  }

  @Test
  @DisplayName("is asked for by nobody again at a commit, and once at a branch")
  void hits() {
    client.fetch("org/text");
    hub.forget();

    assertThat(client.fetch("org/text@" + FIRST).bytes()).isZero();
    assertThat(hub.requests()).isEmpty();

    assertThat(client.fetch("org/text").bytes()).isZero();
    assertThat(hub.requests())
        .extracting(HubRequest::line)
        .containsExactly("hub GET /api/models/org/text/revision/main");
  }

  @Test
  @DisplayName("follows a branch that has moved, fetches what is new, and keeps the old commit")
  void branchMoves() throws IOException {
    Path old = client.fetch("org/text").directory();
    Map<String, HubFile> changed = SampleModels.text();
    changed.put("vocab.txt", HubFile.small("[PAD]\n[UNK]\ndog\n"));
    hub.repo("org/text").commit("main", SECOND, changed);
    hub.forget();

    Fetched fetched = client.fetch("org/text");

    assertThat(fetched.commit()).isEqualTo(SECOND);
    assertThat(fetched.directory().resolve("vocab.txt")).content().contains("dog");
    assertThat(old.resolve("vocab.txt")).content().contains("cat");
    assertThat(hub.requests()).noneMatch(r -> r.server().equals("cdn"));
    assertThat(client.folder().resolve(FOLDER + "/refs/main")).hasContent(SECOND);
  }

  @Test
  @DisplayName("keeps the branch where it was until all of the new commit is there")
  void branchMovesInTheEnd() {
    client.fetch("org/text");
    Map<String, HubFile> changed = SampleModels.text();
    changed.put("config.json", HubFile.small("{\"model_type\": \"roberta\"}"));
    changed.put("model.safetensors", HubFile.large(new byte[5]));
    hub.repo("org/text").commit("main", SECOND, changed);
    hub.fail(9, r -> r.server().equals("cdn"), Fault.status(404, Map.of()));

    assertThatThrownBy(() -> client.fetch("org/text")).isInstanceOf(RuntimeException.class);

    assertThat(EncoderLocation.snapshot(HubModel.parse("org/text"), client.cache()))
        .endsWith(Path.of(FIRST));
  }

  @Test
  @DisplayName("comes with the weights that PyTorch wrote where it has no others")
  void pytorch() {
    Map<String, HubFile> files = SampleModels.text();
    files.remove("model.safetensors");
    hub.repo("org/bin").commit("main", FIRST, files);
    Map<String, HubFile> sharded = SampleModels.text();
    sharded.remove("model.safetensors");
    sharded.put("pytorch_model-1.bin", sharded.remove("pytorch_model.bin"));
    sharded.put(
        "pytorch_model.bin.index.json",
        HubFile.small("{\"weight_map\": {\"a\": \"pytorch_model-1.bin\"}}"));
    hub.repo("org/shards").commit("main", FIRST, sharded);

    assertThat(client.fetch("org/bin").directory().resolve("pytorch_model.bin"))
        .hasBinaryContent(files.get("pytorch_model.bin").content());
    assertThat(client.fetch("org/shards").directory().resolve("pytorch_model-1.bin"))
        .hasBinaryContent(files.get("pytorch_model.bin").content());
    assertThat(client.fetch("org/text").directory().resolve("pytorch_model.bin")).doesNotExist();
  }

  @Test
  @DisplayName("comes in shards where its index says so")
  void shards() {
    hub.repo("org/sharded").commit("main", FIRST, SampleModels.sharded());

    Path directory = client.fetch("org/sharded").directory();

    assertThat(directory.resolve("model-00001-of-00002.safetensors")).hasSize(100_000);
    assertThat(directory.resolve("model-00002-of-00002.safetensors")).hasSize(200_000);
    assertThat(directory.resolve("model.safetensors.index.json")).exists();
    hub.forget();
    client.fetch("org/sharded@" + FIRST);
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  @DisplayName("is found under its old name where the hub has given it another")
  void moved() {
    hub.move("old/name", "org/text");
    hub.move("text", "org/text");

    assertThat(client.fetch("old/name").directory().resolve("config.json")).exists();
    assertThat(client.fetch("text").directory().toString()).contains("models--text/");
    assertThat(EncoderLocation.snapshot(HubModel.parse("hf:old/name"), client.cache()))
        .isDirectory();
  }

  @Test
  @DisplayName("is checked by weak ETags as by strong ones")
  void weakEtags() {
    hub.sendWeakEtags();

    assertThat(client.fetch("org/text").directory().resolve("vocab.txt")).exists();
  }

  @Test
  @DisplayName("may be at a revision with slashes")
  void slashes() {
    hub.repo("org/text").commit("refs/pr/1", SECOND, SampleModels.text());

    assertThat(client.fetch("org/text@refs/pr/1").commit()).isEqualTo(SECOND);

    assertThat(hub.requests().get(0).path())
        .isEqualTo("/api/models/org/text/revision/refs%2Fpr%2F1");
    assertThat(client.folder().resolve(FOLDER + "/refs/refs/pr/1")).hasContent(SECOND);
  }

  @Test
  @DisplayName("is completed where Python has fetched some of it, or a blob was removed")
  void completed() throws IOException {
    Path directory = client.fetch("org/text").directory();
    Files.delete(directory.resolve("vocab.txt"));
    Files.delete(directory.resolve("config.json").toRealPath());

    assertThat(client.fetch("org/text@" + FIRST).bytes())
        .isEqualTo(SampleModels.text().get("config.json").content().length);

    assertThat(directory.resolve("vocab.txt")).exists();
    assertThat(directory.resolve("config.json")).exists();
  }

  @Test
  @DisplayName("is copies where there shall be no links")
  void withoutLinks() {
    Client copying = client.with("HF_HUB_DISABLE_SYMLINKS", "1");

    Path directory = copying.fetch("org/text").directory();

    assertThat(directory.resolve("model.safetensors"))
        .isRegularFile()
        .hasBinaryContent(SampleModels.text().get("model.safetensors").content());
    assertThat(Files.isSymbolicLink(directory.resolve("model.safetensors"))).isFalse();
    hub.forget();
    copying.fetch("org/text@" + FIRST);
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  @DisplayName("is not asked for offline, where it is told what is missing")
  void offline() {
    client.fetch("org/text");
    hub.forget();
    Client offline = client.with("HF_HUB_OFFLINE", "1");

    assertThat(offline.fetch("org/text").unasked()).hasValue("HF_HUB_OFFLINE is set");
    assertThatThrownBy(() -> offline.fetch("org/other"))
        .hasMessageStartingWith("org/other: is not whole in the cache ")
        .hasMessageEndingWith("and HF_HUB_OFFLINE is set; unset it to fetch");
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  @DisplayName("is what it was where the hub cannot be reached")
  void unreachable() {
    client.fetch("org/text");
    hub.close();

    Fetched fetched = client.fetch("org/text");

    assertThat(fetched.commit()).isEqualTo(FIRST);
    assertThat(fetched.unasked().orElseThrow()).startsWith("localhost: no connection can be made");
  }
}
