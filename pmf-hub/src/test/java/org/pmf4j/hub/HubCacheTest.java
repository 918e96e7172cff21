package org.pmf4j.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The hub's cache")
class HubCacheTest {
  private static final String COMMIT = "0123456789012345678901234567890123456789";

  @TempDir private Path folder;

  private HubCache cache() {
    return new HubCache(folder);
  }

  private Path snapshot(String... files) throws IOException {
    Path snapshot = Files.createDirectories(cache().snapshot("org/name", COMMIT));
    for (String file : files) {
      Files.writeString(snapshot.resolve(file), "{}");
    }
    return snapshot;
  }

  @Test
  @DisplayName("tells the model of a path, on whatever machine it was")
  void modelOf() {
    HubModel model = new HubModel("org/name", COMMIT);

    assertThat(HubCache.modelOf(cache().snapshot("org/name", COMMIT).toString())).hasValue(model);
    assertThat(HubCache.modelOf("..\\x\\models--org--name\\snapshots\\" + COMMIT)).hasValue(model);
    assertThat(HubCache.modelOf("models--name/snapshots/" + COMMIT + "/"))
        .hasValue(new HubModel("name", COMMIT));
    HubModel below = model.in("models/small");
    assertThat(HubCache.modelOf(cache().directory(below, COMMIT).toString())).hasValue(below);
    assertThat(HubCache.modelOf("models--org--name/snapshots/" + COMMIT + "/../..")).isEmpty();
    assertThat(HubCache.modelOf("models--org--name/snapshots/" + COMMIT + "0")).isEmpty();
    assertThat(HubCache.modelOf("vit")).isEmpty();
    assertThat(HubCache.modelOf("models--org--name/snapshots/main")).isEmpty();
    assertThat(HubCache.modelOf("models--a--b--c/snapshots/" + COMMIT)).isEmpty();
    assertThat(HubCache.modelOf("datasets--a--b/snapshots/" + COMMIT)).isEmpty();
  }

  @Test
  @DisplayName("passes over references that are none")
  void badReference() throws IOException {
    HubModel model = HubModel.parse("org/name");
    Path ref = cache().ref(model);
    Files.createDirectories(ref.getParent());

    assertThat(cache().commit(model)).isEmpty();
    Files.writeString(ref, "../../..");
    assertThat(cache().commit(model)).isEmpty();
    Files.writeString(ref, COMMIT + "\n");
    assertThat(cache().commit(model)).hasValue(COMMIT);
  }

  @Test
  @DisplayName("has an encoder if all of it is there, else the command that fetches it is told")
  void location() throws IOException {
    HubModel model = HubModel.parse("org/name@" + COMMIT);

    assertThatThrownBy(() -> EncoderLocation.snapshot(model, cache()))
        .hasMessage(
            "hf:%s: is not in the cache %s; fetch it with: pmf fetch %s", model, folder, model);
    Path snapshot = snapshot("config.json");
    assertThatThrownBy(() -> EncoderLocation.snapshot(model, cache()))
        .hasMessage(
            "hf:%s: is in the cache %s without model.safetensors; fetch it with: pmf fetch %s",
            model, folder, model);
    snapshot("model.safetensors");
    assertThat(EncoderLocation.snapshot(model, cache())).isEqualTo(snapshot);
  }

  @Test
  @DisplayName("misses the shards that an index names")
  void shards() throws IOException {
    Path snapshot = snapshot("config.json");
    Files.writeString(
        snapshot.resolve("model.safetensors.index.json"),
        "{\"weight_map\": {\"a\": \"one.safetensors\", \"b\": \"two.safetensors\"}}");
    snapshot("one.safetensors");

    assertThat(NeededFiles.missing(snapshot)).hasValue("two.safetensors");
  }

  @Test
  @DisplayName("misses the settings of modules, and an encoder that has a folder of its own")
  void modules() throws IOException {
    Path snapshot = snapshot("modules.json");
    String module = "{\"path\": \"%s\", \"type\": \"sentence_transformers.models.%s\"}";
    Files.writeString(
        snapshot.resolve("modules.json"),
        "["
            + String.join(
                ",",
                String.format(Locale.ROOT, module, "0_Transformer", "Transformer"),
                String.format(Locale.ROOT, module, "1_Pooling", "Pooling"),
                String.format(Locale.ROOT, module, "2_Normalize", "Normalize"))
            + "]");
    assertThat(NeededFiles.missing(snapshot)).hasValue("0_Transformer/config.json");
    Files.createDirectories(snapshot.resolve("0_Transformer"));
    snapshot("0_Transformer/config.json");
    assertThat(NeededFiles.missing(snapshot)).hasValue("0_Transformer/model.safetensors");
    snapshot("0_Transformer/model.safetensors");
    assertThat(NeededFiles.missing(snapshot)).hasValue("1_Pooling/config.json");
    Files.createDirectories(snapshot.resolve("1_Pooling"));
    snapshot("1_Pooling/config.json");
    assertThat(NeededFiles.missing(snapshot)).isEmpty();
  }

  @Test
  @DisplayName("passes over a list of files that is broken")
  void brokenTree() throws IOException {
    Path tree = cache().folder("org/name").resolve("trees").resolve(COMMIT + ".json");
    Files.createDirectories(tree.getParent());
    Files.writeString(tree, "{\"format_version\": 1, \"files\": 3}");
    assertThat(cache().isKnownAbsent("org/name", COMMIT, "vocab.txt")).isFalse();
    Files.writeString(tree, "{\"format_version\": 2, \"files\": {}}");
    assertThat(cache().isKnownAbsent("org/name", COMMIT, "vocab.txt")).isFalse();
    Files.writeString(tree, "{\"format_version\": 1, \"files\": {\"config.json\": {}}}");
    assertThat(cache().isKnownAbsent("org/name", COMMIT, "vocab.txt")).isTrue();
    assertThat(cache().isKnownAbsent("org/name", COMMIT, "config.json")).isFalse();
  }

  @Test
  @DisplayName("is not asked for directories")
  void directories() {
    assertThat(EncoderLocation.directory("some/where")).isEqualTo(Path.of("some/where"));
    assertThat(EncoderLocation.directory("hf/x")).isEqualTo(Path.of("hf/x"));
  }
}
