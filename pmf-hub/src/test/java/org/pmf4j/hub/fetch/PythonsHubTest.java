package org.pmf4j.hub.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmf4j.hub.server.SampleModels.FIRST;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.hub.EncoderLocation;
import org.pmf4j.hub.HubModel;
import org.pmf4j.hub.server.HubFile;
import org.pmf4j.hub.server.HubRequest;
import org.pmf4j.hub.server.SampleModels;
import org.pmf4j.hub.server.TestHub;

/**
 * Held against what {@code record_huggingface_hub.py} recorded of huggingface_hub, of the same
 * model on the same hub.
 */
@DisplayName("As Python's huggingface_hub does,")
class PythonsHubTest {
  @TempDir private Path folder;
  private TestHub hub;
  private Client client;
  private EncoderConfig recorded;

  @BeforeEach
  void start() throws IOException {
    hub = TestHub.start();
    hub.repo("org/text").commit("main", FIRST, SampleModels.text());
    client = Client.of(hub, folder.resolve("hub")).with("HF_TOKEN", TestHub.TOKEN);
    try (InputStream in = PythonsHubTest.class.getResourceAsStream("/hub/huggingface_hub.json")) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      recorded = EncoderConfig.parse("huggingface_hub.json", json);
    }
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> itsRequests() {
    return (List<Map<String, Object>>) recorded.values().get("requests");
  }

  private static String withToken(String line, Object token) {
    return line + (token == null ? "" : " with token");
  }

  private List<String> its() {
    return itsRequests().stream()
        .map(
            r ->
                withToken(
                    (String) r.get("line"), ((Map<?, ?>) r.get("headers")).get("Authorization")))
        .toList();
  }

  private List<String> ours() {
    return hub.requests().stream()
        .map(r -> withToken(r.line(), r.header("Authorization").orElse(null)))
        .toList();
  }

  private Map<String, Object> layout(String part) {
    return recorded.object(part).orElseThrow().values();
  }

  /**
   * The same questions in the same order, with the token in the same places, but for two things: it
   * lists a second time, with hashes, which a HEAD tells us; and it takes the address that a HEAD
   * leads to, where we ask the hub for one at each try, since such an address ends.
   */
  @Test
  @DisplayName("the list is asked for, and each file's hash, and each file")
  void requests() {
    client.fetch("org/text");

    List<String> its = new ArrayList<>(its());
    its.removeIf(line -> line.contains("/tree/") || line.contains("/resolve/main/"));
    List<String> ours = new ArrayList<>(ours());
    ours.removeIf(line -> line.matches("hub GET /org/text/resolve/.*"));
    assertThat(ours).containsExactlyElementsOf(its);
    assertThat(hub.requests())
        .filteredOn(r -> r.method().equals("HEAD"))
        .allMatch(r -> r.header("Accept-Encoding").equals(Optional.of("identity")));
  }

  @Test
  @DisplayName("files are put into the same places, and links lead to the same ones")
  void layout() throws IOException {
    client.fetch("org/text");

    Map<String, String> ours = client.layout();
    assertThat(ours).containsAllEntriesOf(asText(layout("layout")));
    assertThat(ours).containsAllEntriesOf(asText(layout("absent")));
    ours.keySet().removeIf(name -> name.contains("/.no_exist/"));
    assertThat(ours).hasSameSizeAs(layout("layout"));
  }

  private static Map<String, String> asText(Map<String, Object> values) {
    Map<String, String> all = new TreeMap<>();
    values.forEach((name, value) -> all.put(name, (String) value));
    return all;
  }

  @Test
  @DisplayName("what it wrote is read without a request")
  void itsCache() throws IOException {
    for (Map.Entry<String, String> entry : asText(layout("layout")).entrySet()) {
      write(client.folder().resolve(entry.getKey()), entry.getValue());
    }
    Path tree = client.cache().folder("org/text").resolve("trees").resolve(FIRST + ".json");
    Files.createDirectories(tree.getParent());
    EncoderConfig.write(tree, layout("tree"));

    Fetched fetched = client.fetch("org/text@" + FIRST);

    assertThat(fetched.bytes()).isZero();
    assertThat(EncoderLocation.snapshot(HubModel.parse("hf:org/text"), client.cache()))
        .isEqualTo(fetched.directory());
    assertThat(fetched.directory().resolve("model.safetensors")).hasSize(SampleModels.WEIGHTS);
    assertThat(hub.requests()).extracting(HubRequest::line).isEmpty();
  }

  private static void write(Path file, String what) throws IOException {
    Files.createDirectories(file.getParent());
    if (what.startsWith("-> ")) {
      Files.createSymbolicLink(file, Path.of(what.substring(3)));
    } else if (file.toString().contains("/blobs/")) {
      Files.write(file, content(file.getFileName().toString()));
    } else {
      Files.writeString(file, what);
    }
  }

  private static byte[] content(String etag) {
    return SampleModels.text().values().stream()
        .filter(f -> f.etag().equals(etag))
        .map(HubFile::content)
        .findFirst()
        .orElseThrow();
  }
}
